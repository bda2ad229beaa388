package io.longwatch.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SandboxWorldTest {
    @Test
    void itStarts() throws Exception {
        for (int i = 0; i < 2; i++) {
            long t = System.nanoTime();
            try (var world = SandboxWorld.start(Scenario.NONE, java.time.Clock.systemUTC())) {
                System.out.println("up in " + (System.nanoTime() - t) / 1e6);
                assertThat(world.connections()).hasSize(11);
                t = System.nanoTime();
            }
            System.out.println("down in " + (System.nanoTime() - t) / 1e6);
        }
    }
}
