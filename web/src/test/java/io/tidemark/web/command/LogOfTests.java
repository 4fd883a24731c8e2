package io.tidemark.web.command;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Lets tests log as the service does: found by JUnit. */
public final class LogOfTests implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        new LogSetup("plain", "INFO").apply();
    }
}
