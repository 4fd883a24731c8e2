package io.tidemark.web.config;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** How many connections this process can have. */
final class OpenFiles {
    private static final int MOST_CONNECTIONS = 25_000;

    private OpenFiles() {}

    /** As many as are usually enough; where the system allows this process fewer open files, three quarters of those. */
    static int connections() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof com.sun.management.UnixOperatingSystemMXBean unix
                ? (int) Math.max(64, Math.min(MOST_CONNECTIONS, unix.getMaxFileDescriptorCount() / 4 * 3))
                : MOST_CONNECTIONS;
    }
}
