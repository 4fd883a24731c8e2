package io.tidemark.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Subscribers of one table on real sockets, all at once, on one thread. What is noted of a message is when it came and of which
 * version it is; nothing else of it is looked at, as they share the machine with the server.
 */
public final class Sockets implements AutoCloseable {
    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)");
    private static final String SUBSCRIBE = "{\"op\":\"subscribe\",\"id\":\"a\"}";
    private static final int MASKED = 0x80;
    private static final int FINAL = 0x80;
    private static final int AT_ONCE = 200;
    private static final int BUFFER = 1 << 16;

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER); // the thread's
    private final List<SocketChannel> channels = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "bench-sockets");
    private volatile Arrival arrival;
    private volatile CountDownLatch opening;
    private volatile int length;
    private volatile boolean closed;
    /** Why the last one was closed that was. */
    private volatile String ended = "none was closed";

    /** What a subscriber is waited for with. */
    private record Arrival(long version, CountDownLatch missing, long[] nanos) {}

    /** @param count subscribers of the whole page; returns when all hold a snapshot */
    public Sockets(URI service, int count) throws IOException, InterruptedException {
        arrival = new Arrival(0, new CountDownLatch(count), new long[count]);
        thread.setDaemon(true);
        thread.start();
        for (int first = 0; first < count; first += AT_ONCE) {
            int last = Math.min(count, first + AT_ONCE);
            opening = new CountDownLatch(last - first);
            for (int i = first; i < last; i++) {
                channels.add(open(service, i));
            }
            if (!opening.await(60, TimeUnit.SECONDS)) {
                throw new IOException(opening.getCount() + " of " + count + " sockets were not opened: " + ended);
            }
        }
        await(arrival);
    }

    private SocketChannel open(URI service, int number) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(service.getHost(), service.getPort()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.write(ByteBuffer.wrap(("GET " + service.getPath() + "live/websocket HTTP/1.1\r\nHost: localhost\r\n"
                        + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Subscriber(channel, number));
        selector.wakeup();
        return channel;
    }

    private void run() {
        while (!closed) {
            try {
                selector.select(key -> ((Subscriber) key.attachment()).read());
            } catch (IOException e) {
                ended = e.toString();
                return;
            }
        }
    }

    /** One of them, on the thread. */
    private final class Subscriber {
        private final SocketChannel channel;
        private final int number;
        private final FrameReader frames = new FrameReader(this::received);

        Subscriber(SocketChannel channel, int number) {
            this.channel = channel;
            this.number = number;
        }

        void read() {
            try {
                boolean wasOpen = frames.isOpen();
                int count = channel.read(buffer.clear());
                if (count < 0) {
                    throw new IOException("closed by the server");
                }
                frames.read(buffer.flip());
                if (!wasOpen && frames.isOpen()) {
                    send(FrameReader.TEXT, SUBSCRIBE);
                    opening.countDown();
                }
            } catch (IOException e) {
                end(e.getMessage());
            }
        }

        private void received(FrameReader frame, int opcode) {
            switch (opcode) {
                case FrameReader.TEXT -> note(frame);
                case FrameReader.PING -> send(FrameReader.PONG, frame.begin());
                case FrameReader.CLOSE -> end("closed by the server, politely");
                default -> {}
            }
        }

        private void note(FrameReader frame) {
            Arrival waited = arrival;
            String begin = frame.begin();
            if (begin.startsWith("{\"op\":\"status\"") || waited.nanos()[number] != 0) {
                return;
            }
            Matcher version = VERSION.matcher(begin);
            if (version.find() && Long.parseLong(version.group(1)) >= waited.version()) {
                waited.nanos()[number] = System.nanoTime();
                length = (int) frame.length();
                waited.missing().countDown();
            }
        }

        /** Small frames only, which the kernel takes whole; masked with zeros, and so as they are. */
        private void send(int opcode, String text) {
            byte[] payload = text.getBytes(StandardCharsets.UTF_8);
            ByteBuffer frame = ByteBuffer.allocate(6 + payload.length);
            frame.put((byte) (FINAL | opcode))
                    .put((byte) (MASKED | payload.length))
                    .putInt(0)
                    .put(payload);
            try {
                channel.write(frame.flip());
            } catch (IOException e) {
                end(e.getMessage());
            }
        }

        private void end(String why) {
            ended = why;
            try {
                channel.close();
            } catch (IOException e) {
                ended = e.getMessage();
            }
        }
    }

    /** Begins to wait for this version; to be called before it is committed. */
    public void expect(long version) {
        arrival = new Arrival(version, new CountDownLatch(channels.size()), new long[channels.size()]);
    }

    /** When each had what was expected, in {@link System#nanoTime}. */
    public long[] arrivals() throws InterruptedException {
        return await(arrival);
    }

    /** Bytes of the message that brought what was expected, to one of them. */
    public int lengthOfLast() {
        return length;
    }

    private long[] await(Arrival waited) throws InterruptedException {
        if (!waited.missing().await(120, TimeUnit.SECONDS)) {
            throw new IllegalStateException(waited.missing().getCount() + " of " + waited.nanos().length
                    + " subscribers never got version " + waited.version() + ", closed: " + ended);
        }
        return waited.nanos();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closed = true;
        selector.wakeup();
        thread.join();
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
