package io.tidemark.views.cube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HourBlockTest {
    private final HourBlock a = new HourBlock(7, new int[] {0, 2, 5}, new long[] {1, 2, 3});
    private final HourBlock b = new HourBlock(7, new int[] {1, 2, 9}, new long[] {4, -2, 5});

    @Test
    void cellsThatComeOutAsZeroAreGone() {
        HourBlock sum = a.plus(b);

        assertThat(sum).isEqualTo(new HourBlock(7, new int[] {0, 1, 5, 9}, new long[] {1, 4, 3, 5}));
        assertThat(sum.rows()).isEqualTo(13);
        assertThat(b.plus(a)).isEqualTo(sum);
    }

    @Test
    void aBlockAndItsNegationAreNothing() {
        assertThat(a.plus(a.negated()).size()).isZero();
        assertThat(a.isPositive()).isTrue();
        assertThat(a.negated().isPositive()).isFalse();
        assertThat(a.negated().rows()).isEqualTo(-6);
    }

    @Test
    void aCountThatALongCannotHoldIsAnErrorAndNotAWrongNumber() {
        HourBlock huge = new HourBlock(7, new int[] {2}, new long[] {Long.MAX_VALUE});

        assertThatThrownBy(() -> huge.plus(a)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void countsBeyondAnIntAreCountedLikeOthers() {
        long big = 1L << 40;
        HourBlock sum = a.plus(new HourBlock(7, new int[] {2, 4}, new long[] {big, 1}));

        assertThat(sum).isEqualTo(new HourBlock(7, new int[] {0, 2, 4, 5}, new long[] {1, big + 2, 1, 3}));
        assertThat(sum.rows(new long[] {0, 0, -1, 0, -1, 0})).isEqualTo(big + 3);
        assertThat(sum.plus(new HourBlock(7, new int[] {2}, new long[] {-big})))
                .isEqualTo(new HourBlock(7, new int[] {0, 2, 4, 5}, new long[] {1, 2, 1, 3}));
    }

    @Test
    void blocksOfDifferentHoursAreNotAdded() {
        assertThatThrownBy(() -> a.plus(new HourBlock(8, new int[] {0}, new long[] {1})))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void disorderAndZerosAreRefused() {
        assertThatThrownBy(() -> new HourBlock(7, new int[] {1, 1}, new long[] {1, 1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HourBlock(7, new int[] {-1}, new long[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HourBlock(7, new int[] {1}, new long[] {0}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
