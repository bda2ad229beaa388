package io.longwatch.system.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.sandbox.bridge.Misbehaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class ReleaseTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    @Test
    void aReleaseSucceeds() throws Exception {
        try (RealWorld world = RealWorld.start(folder)) {
            // Given
            Site site = world.site("calm", Misbehaviour.NONE);
            site.startWorker();

            // When
            AurenRelease release = AurenRelease.start(site, Map.of());
            ReleaseRecord end = release.untilItEnds(Duration.ofMinutes(6));

            // Then
            assertThat(end.state()).as(AurenRelease.words(end)).isEqualTo(ReleaseState.SUCCEEDED);
        }
    }
}
