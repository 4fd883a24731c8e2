package io.tidemark.web.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks at the machine: its ports and its limits. */
final class HostExam {
    /** Files of the JVM, of RocksDB (500), of scans and of clients that only read. */
    private static final long FILES_OF_THE_REST = 2_000;

    private HostExam() {}

    /** @param serviceIsThere true if a service is at work on the state already, whose port it may be */
    static Line port(String host, int port, boolean serviceIsThere) {
        if (port == 0) {
            return Line.ok("port", "a free one is picked at the start");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return Line.ok("port", host + ":" + port + " is free");
        } catch (IOException e) {
            String found = host + ":" + port + " cannot be listened on (" + e.getMessage() + ")";
            return serviceIsThere
                    ? Line.warning("port", found, "If that is the service that has the state open, all is well.")
                    : Line.wrong("port", found, "Choose others with --host and --port, or stop what listens there.");
        }
    }

    /** @param subscribers that may be connected at once */
    static Line openFiles(long subscribers) {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? openFiles(unix.getMaxFileDescriptorCount(), subscribers)
                : Line.ok("open files", "not known on this system");
    }

    static Line openFiles(long limit, long subscribers) {
        String found = Amounts.number(limit) + " may be open at once";
        if (limit >= subscribers + FILES_OF_THE_REST) {
            return Line.ok("open files", found);
        }
        return Line.warning(
                "open files",
                found + ": enough for some " + Amounts.number(Math.max(0, limit - FILES_OF_THE_REST))
                        + " subscribers, where " + Amounts.number(subscribers) + " would be let in",
                "Raise the limit to " + (subscribers + FILES_OF_THE_REST)
                        + " (ulimit -n, LimitNOFILE= of systemd) if so many are expected.");
    }
}
