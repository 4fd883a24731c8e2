package io.tidemark.views.contribution;

import java.util.Arrays;

/**
 * Short keys of a batch's rows: the ordinals of all dimensions side by side in one int.
 *
 * <p>Where dictionary ids do not do ({@link IdKeys}): one look into a column's ordinals for each row.
 */
final class DenseKeys {
    private DenseKeys() {}

    /** @param target the keys of the rows */
    static void fill(DimensionColumn[] columns, int[] shifts, int rows, int[] target) {
        int base = 0;
        for (int d = 0; d < columns.length; d++) {
            base |= columns[d].isConstant() ? columns[d].constant() << shifts[d] : 0;
        }
        Arrays.fill(target, 0, rows, base);
        for (int d = 0; d < columns.length; d++) {
            if (!columns[d].isConstant()) {
                or(columns[d], shifts[d], rows, target);
            }
        }
    }

    private static void or(DimensionColumn column, int shift, int rows, int[] target) {
        int[] ids = column.ids();
        int[] map = column.ordinals();
        for (int i = 0; i < rows; i++) {
            target[i] |= map[ids[i]] << shift;
        }
    }
}
