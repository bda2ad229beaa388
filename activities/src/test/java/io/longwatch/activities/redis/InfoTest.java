package io.longwatch.activities.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class InfoTest {
    @Test
    void aServerThatTellsNoLimitHasNothingFree() {
        // Given
        Jedis jedis = mock();
        when(jedis.info()).thenReturn("redis_version:7.0.15\r\nused_memory:1048576\r\nmaxmemory:0\r\n");

        // When
        var result = new Info(jedis).run();

        // Then
        assertThat(result.freeMemoryBytes()).isZero();
        assertThat(result.summary()).isEqualTo("1.0 MiB used, and the server tells no limit, so none counts as free");
    }
}
