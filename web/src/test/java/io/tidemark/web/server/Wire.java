package io.tidemark.web.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A client that sends what no well-behaved one would. Waits at most a minute for an answer. */
final class Wire implements AutoCloseable {
    static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    private final Socket socket = new Socket();

    Wire(Served served) throws IOException {
        socket.setReceiveBufferSize(16 << 10);
        socket.setSoTimeout((int) TimeUnit.MINUTES.toMillis(1));
        socket.connect(new InetSocketAddress("127.0.0.1", served.port));
    }

    /** @param request method and path */
    Wire ask(String request, String... headers) throws IOException {
        return send(request + " HTTP/1.1\r\nHost: localhost\r\n" + lines(headers) + "\r\n");
    }

    private static String lines(String... headers) {
        StringBuilder lines = new StringBuilder();
        for (String header : headers) {
            lines.append(header).append(header.endsWith("\r\n") ? "" : "\r\n");
        }
        return lines.toString();
    }

    Wire send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Becomes a WebSocket. */
    Wire upgrade(String path, String... headers) throws IOException {
        ask("GET " + path, UPGRADE + lines(headers));
        String head = head();
        if (!head.startsWith("http/1.1 101")) {
            throw new AssertionError(head);
        }
        return this;
    }

    /**
     * Sends a frame, under a mask of zeros.
     *
     * @param first its first byte: bits and kind
     */
    Wire frame(int first, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 1 << 16) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload);
        socket.getOutputStream().write(frame.array(), 0, frame.position());
        return this;
    }

    Wire text(String message) throws IOException {
        return frame(0x81, message.getBytes(StandardCharsets.UTF_8));
    }

    /** Of the next answer, in lower case; what follows stays unread. Empty if the connection was closed. */
    String head() throws IOException {
        try {
            return Heads.read(socket.getInputStream());
        } catch (SocketException e) {
            return "";
        }
    }

    int status() throws IOException {
        String head = head();
        return head.isEmpty() ? 0 : Integer.parseInt(head.substring(9, 12));
    }

    /** The code with which a WebSocket was closed, after whatever was said before; 0: without one. */
    int closeCode() throws IOException {
        InputStream in = socket.getInputStream();
        try {
            for (int first = in.read(); first >= 0; first = in.read()) {
                byte[] payload = payload(in);
                if ((first & 0x0F) == 8) {
                    return payload.length < 2 ? 0 : ByteBuffer.wrap(payload).getShort();
                }
            }
        } catch (SocketException e) {
            // Reset: no code.
        }
        return 0;
    }

    /** The next text that a WebSocket is told. */
    String nextText() throws IOException {
        InputStream in = socket.getInputStream();
        while (true) {
            int first = in.read();
            byte[] payload = payload(in);
            if ((first & 0x0F) == 1) {
                return new String(payload, StandardCharsets.UTF_8);
            }
        }
    }

    /** Answers to pings that come before the next text; what SockJS says at first does not count. */
    int pongsBeforeText() throws IOException {
        InputStream in = socket.getInputStream();
        for (int pongs = 0; ; ) {
            int kind = in.read() & 0x0F;
            String text = new String(payload(in), StandardCharsets.UTF_8);
            if (kind == 10) {
                pongs++;
            } else if (!text.equals("o")) {
                return pongs;
            }
        }
    }

    private static byte[] payload(InputStream in) throws IOException {
        int length = in.read();
        if (length == 126) {
            length = in.read() << 8 | in.read();
        } else if (length == 127) {
            length = (int) ByteBuffer.wrap(in.readNBytes(8)).getLong();
        }
        return in.readNBytes(length);
    }

    /** Whether the other side has not closed it yet; what it says is thrown away. */
    boolean isOpen() throws IOException {
        socket.setSoTimeout(20);
        try {
            while (socket.getInputStream().read() >= 0) {}
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    /** Sends a little, if there is still somebody to take it. */
    void drip(String text) throws IOException {
        try {
            send(text);
        } catch (SocketException e) {
            // Seen by whoever looks whether it is open.
        }
    }

    /** Reads until the connection is closed. */
    String rest() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketException e) {
            // Reset: what came before counts.
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
