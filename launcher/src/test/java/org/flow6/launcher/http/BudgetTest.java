package org.flow6.launcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BudgetTest {
    @Test
    void givesAsMuchAsThereIs() {
        Budget budget = new Budget(10);
        assertThat(budget.take(6)).isTrue();
        assertThat(budget.take(5)).isFalse();
        assertThat(budget.take(4)).isTrue();
        budget.give(6);
        assertThat(budget.take(6)).isTrue();
    }

    @Test
    void givesWhatIsLargerThanAllToOne() {
        Budget budget = new Budget(10);
        assertThat(budget.take(20)).isTrue();
        assertThat(budget.take(1)).isFalse();
        budget.give(20);
        assertThat(budget.take(1)).isTrue();
        assertThat(budget.take(20)).isFalse();
    }
}
