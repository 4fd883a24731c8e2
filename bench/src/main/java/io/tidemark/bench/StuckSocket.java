package io.tidemark.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A subscriber of the whole page that reads the head of the answer and then nothing more. */
public final class StuckSocket implements AutoCloseable {
    private static final int RECEIVE_BUFFER = 4096;
    private static final String SUBSCRIBE = "{\"op\":\"subscribe\",\"id\":\"main\"}";
    private static final String FRAMED = "[\"" + SUBSCRIBE.replace("\"", "\\\"") + "\"]";

    /** How it is connected. */
    public enum Way {
        WEBSOCKET,
        SOCKJS_WEBSOCKET,
        SOCKJS_XHR_STREAMING,
        SERVER_SENT_EVENTS
    }

    private final Socket socket = new Socket();

    public StuckSocket(Way way, URI service) throws IOException {
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.connect(new InetSocketAddress(service.getHost(), service.getPort()));
        switch (way) {
            case WEBSOCKET -> upgrade("/live/websocket", SUBSCRIBE);
            case SOCKJS_WEBSOCKET -> upgrade("/live/000/stuck/websocket", FRAMED);
            case SOCKJS_XHR_STREAMING -> {
                ask("POST /live/000/streaming/xhr_streaming", "Content-Length: 0\r\n");
                send(service.resolve("live/000/streaming/xhr_send"), FRAMED);
            }
            case SERVER_SENT_EVENTS -> ask("GET /api/v1/stream", "");
        }
    }

    private static void send(URI to, String body) throws IOException {
        try {
            HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(to)
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void ask(String request, String headers) throws IOException {
        socket.getOutputStream()
                .write((request + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The answer ended in its head: " + head);
            }
            head.append((char) next);
        }
    }

    private void upgrade(String path, String message) throws IOException {
        ask(
                "GET " + path,
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        byte[] payload = message.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[6 + payload.length]; // the mask is of zeros
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        socket.getOutputStream().write(frame);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
