package io.tidemark.ingest.files;

import org.apache.hadoop.security.UserGroupInformation;

/**
 * Who Hadoop takes this process for.
 *
 * <p>Hadoop opens no file system before it knows the name of its user, and the JVM's login module, which it asks, throws for a number
 * that {@code /etc/passwd} does not have. Kubernetes, OpenShift and {@code docker run --user} run containers as such numbers. Neither
 * {@code HADOOP_USER_NAME} nor another setting is looked at before.
 */
public final class HadoopUser {
    private static final String NAME = "tidemark";
    /** What Java says where the system has no name. */
    private static final String NOBODY = "?";

    private HadoopUser() {}

    /**
     * Gives Hadoop a name to go by if the system has none for this user, and does nothing otherwise: not even load Hadoop's classes. To be
     * called before anything else of Hadoop is, which would already have failed.
     *
     * @param given as {@code HADOOP_USER_NAME} says; null or blank: {@code tidemark}. Stores that are asked with keys do not hear it
     */
    public static void nameIfNameless(String given) {
        if (isNameless(System.getProperty("user.name"))) {
            String name = given == null || given.isBlank() ? NAME : given.strip();
            UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name));
        }
    }

    static boolean isNameless(String user) {
        return user == null || user.isBlank() || user.equals(NOBODY);
    }
}
