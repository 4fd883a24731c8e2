package io.tidemark.ingest.files;

import org.apache.hadoop.fs.s3a.CredentialInitializationException;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFileSupplier;

/**
 * Credentials of the machine: of the profile's file, the container or the instance. Those that expire are fetched anew before they
 * do, and the file is read anew when it changes.
 *
 * <p>Hadoop makes one for each file system, by the name of this class, and closes it.
 */
public final class MachineCredentials implements AwsCredentialsProvider, AutoCloseable {
    /** Not the one instance that all share: to close that would close it for everybody. */
    private final DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder()
            .profileFile(ProfileFileSupplier.defaultSupplier())
            .build();

    private MachineCredentials() {}

    /** Called by Hadoop. */
    public static AwsCredentialsProvider create() {
        return new MachineCredentials();
    }

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return chain.resolveCredentials();
        } catch (SdkException e) {
            throw new CredentialInitializationException("No credentials of this machine", e);
        }
    }

    @Override
    public void close() {
        chain.close();
    }
}
