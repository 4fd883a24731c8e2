package io.tidemark.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Stands between a reader and its object store: lets requests through, or not, and remembers them. One request a connection. */
public final class FaultProxy implements AutoCloseable {
    private static final int DRIP_MILLIS = 20;

    private final int target;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Exchange> exchanges = new ArrayList<>();
    private final Object change = new Object();
    private volatile ServerSocket listener;
    private volatile Fault fault = new Fault.None();
    private volatile Predicate<String> struck = path -> true;
    private volatile long newest = System.nanoTime();

    /**
     * A request and what came of it.
     *
     * @param path with the query
     * @param status of the store's answer; 0 if there was none
     * @param bytes of its body
     */
    public record Exchange(String method, String path, int status, long bytes) {}

    /** @param target port of the store */
    public FaultProxy(int target) throws IOException {
        this.target = target;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port = listener.getLocalPort();
        accept(listener);
    }

    public int port() {
        return port;
    }

    /** All requests since the last call. */
    public List<Exchange> take() {
        synchronized (exchanges) {
            List<Exchange> taken = List.copyOf(exchanges);
            exchanges.clear();
            return taken;
        }
    }

    private void remember(Exchange exchange) {
        synchronized (exchanges) {
            exchanges.add(exchange);
            newest = System.nanoTime();
        }
    }

    /** How many requests came since the last {@link #take}. */
    public int count() {
        synchronized (exchanges) {
            return exchanges.size();
        }
    }

    /** How long no request has come. */
    public Duration quiet() {
        return Duration.ofNanos(System.nanoTime() - newest);
    }

    /** From now on every request meets this, and what is under way ends. */
    public void strike(Fault next) throws IOException {
        strike(next, path -> true);
    }

    /** As {@link #strike(Fault)}, for requests of some paths. */
    public void strike(Fault next, Predicate<String> paths) throws IOException {
        synchronized (change) {
            struck = paths;
            fault = next;
            change.notifyAll();
        }
        if (next instanceof Fault.Refused) {
            listener.close();
        } else if (listener.isClosed()) {
            ServerSocket again = new ServerSocket();
            again.setReuseAddress(true);
            again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            listener = again;
            accept(again);
        }
        open.forEach(FaultProxy::closeQuietly);
    }

    private void accept(ServerSocket socket) {
        daemon(() -> {
            try {
                while (true) {
                    Socket client = socket.accept();
                    open.add(client);
                    daemon(() -> serve(client));
                }
            } catch (IOException e) {
                // Closed.
            }
        });
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "fault-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            String[] words = head.split(" ", 3);
            Fault met = struck.test(words[1]) ? fault : new Fault.None();
            if (met instanceof Fault.Reset) {
                remember(new Exchange(words[0], words[1], 0, 0));
                client.setSoLinger(true, 0);
                return;
            }
            byte[] answer = met instanceof Fault.Answer error ? error(words[0], error) : ask(head);
            int body = bodyOf(answer);
            remember(new Exchange(words[0], words[1], status(answer), answer.length - body));
            send(client.getOutputStream(), answer, body, met);
        } catch (IOException e) {
            // The reader is gone, or the store.
        } finally {
            open.remove(client);
        }
    }

    private void send(OutputStream out, byte[] answer, int body, Fault met) throws IOException {
        int half = answer.length > body ? body + (answer.length - body) / 2 : 0;
        if (met instanceof Fault.Stalled) {
            out.write(answer, 0, half);
            out.flush();
            awaitChange(met, 0);
        } else if (met instanceof Fault.Truncated) {
            out.write(answer, 0, half);
        } else if (met instanceof Fault.Dripping) {
            out.write(answer, 0, body);
            for (int i = body; i < answer.length; i++) {
                out.write(answer, i, 1);
                out.flush();
                awaitChange(met, DRIP_MILLIS);
            }
        } else {
            out.write(answer);
        }
        out.flush();
    }

    /** @param millis at most; 0: until it changes */
    private void awaitChange(Fault met, long millis) throws IOException {
        synchronized (change) {
            try {
                if (millis > 0) {
                    change.wait(millis);
                } else {
                    while (fault == met) {
                        change.wait();
                    }
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    private static byte[] error(String method, Fault.Answer error) {
        String body = method.equals("HEAD")
                ? ""
                : "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + error.code()
                        + "</Code><Message>so it is</Message></Error>";
        String head = "HTTP/1.1 " + error.status() + " Error\r\nContent-Type: application/xml\r\nContent-Length: "
                + body.length() + "\r\nDate: "
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC))
                + "\r\nConnection: close\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] ask(String head) throws IOException {
        try (Socket store = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(store);
            try {
                String once = head.replaceFirst("(?i)\r\nConnection: [^\r]*", "") + "Connection: close\r\n\r\n";
                store.getOutputStream().write(once.getBytes(StandardCharsets.ISO_8859_1));
                store.getOutputStream().flush();
                return store.getInputStream().readAllBytes();
            } finally {
                open.remove(store);
            }
        }
    }

    /** The request line and headers, without the empty line; empty text if nothing came. Readers send no bodies. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int newLines = 0;
        while (newLines < 2) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            bytes.write(next);
            newLines = next == '\n' ? newLines + 1 : next == '\r' ? newLines : 0;
        }
        String head = bytes.toString(StandardCharsets.ISO_8859_1);
        return head.substring(0, head.length() - 2);
    }

    private static int bodyOf(byte[] answer) {
        for (int i = 3; i < answer.length; i++) {
            if (answer[i] == '\n' && answer[i - 1] == '\r' && answer[i - 2] == '\n') {
                return i + 1;
            }
        }
        return answer.length;
    }

    private static int status(byte[] answer) {
        return answer.length < 12 ? 0 : Integer.parseInt(new String(answer, 9, 3, StandardCharsets.US_ASCII));
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed then.
        }
    }

    @Override
    public void close() throws IOException {
        strike(new Fault.Refused());
    }
}
