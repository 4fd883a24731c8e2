package io.tidemark.web.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Something in the place of an instance: it takes a request and answers as a test wants. */
final class OddPeer implements AutoCloseable {

    /** What it does with a connection. */
    interface Answer {
        void to(Socket socket) throws IOException, InterruptedException;
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    OddPeer(Answer answer) throws IOException {
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    Thread each = new Thread(() -> answer(socket, answer));
                    each.setDaemon(true);
                    each.start();
                } catch (IOException e) {
                    return;
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void answer(Socket socket, Answer answer) {
        try (socket) {
            answer.to(socket);
        } catch (IOException e) {
            // The other side has had enough.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One that answers with frames, whatever is asked. */
    static OddPeer saying(Frame... frames) throws IOException {
        return new OddPeer(socket -> {
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            for (Frame frame : frames) {
                out.write(frame.encode().getBytes());
            }
            out.flush();
            socket.shutdownOutput();
            drain(socket.getInputStream());
        });
    }

    /** One that answers with these bytes. */
    static OddPeer saying(String text) throws IOException {
        return new OddPeer(socket -> {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            drain(socket.getInputStream());
        });
    }

    /** One that takes everything and says nothing. */
    static OddPeer silent() throws IOException {
        return new OddPeer(socket -> drain(socket.getInputStream()));
    }

    /** In front of an instance: cuts its answers off after so many bytes. */
    static OddPeer cutting(String address, int bytes) throws IOException {
        int colon = address.indexOf(':');
        return new OddPeer(socket -> {
            try (Socket behind =
                    new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)))) {
                Thread asking = new Thread(() -> {
                    try {
                        socket.getInputStream().transferTo(behind.getOutputStream());
                    } catch (IOException e) {
                        // One of them is gone.
                    }
                });
                asking.setDaemon(true);
                asking.start();
                socket.getOutputStream().write(behind.getInputStream().readNBytes(bytes));
            }
        });
    }

    private static void drain(InputStream in) throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
