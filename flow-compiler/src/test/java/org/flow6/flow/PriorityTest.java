package org.flow6.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PriorityTest {
    @Test
    void ranksAreAboveTheMissAndHaveRoomForPrefixes() {
        assertThat(Priority.rank(1)).isGreaterThan(Priority.MISS);
        for (int rank = 1; rank < 9; rank++) {
            assertThat(Priority.rank(rank).longestPrefix(128)).isLessThan(Priority.rank(rank + 1));
        }
        assertThat(Priority.rank(2).longestPrefix(64))
                .isGreaterThan(Priority.rank(2).longestPrefix(63));
        assertThat(Priority.rank(2).longestPrefix(0)).isEqualTo(Priority.rank(2));
    }

    @Test
    void refusesWhatItHasNoNameFor() {
        assertThatIllegalArgumentException().isThrownBy(() -> Priority.rank(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Priority.rank(10));
        assertThatIllegalArgumentException().isThrownBy(() -> Priority.rank(1).longestPrefix(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Priority.rank(1).longestPrefix(129));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Priority.rank(1).longestPrefix(64).longestPrefix(1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Priority(0x10000));
        assertThatIllegalArgumentException().isThrownBy(() -> new Priority(-1));
    }
}
