package io.tidemark.views.contribution;

import java.util.Arrays;

/**
 * Short keys of a batch's rows: the ordinals of all dimensions side by side in one int.
 *
 * <p>The innermost loops of counting. Up to four columns that vary are gone over at once; columns that are constant in a batch
 * cost nothing a row.
 */
final class DenseKeys {
    private DenseKeys() {}

    /** @param target the keys of the rows */
    static void fill(DimensionColumn[] columns, int[] shifts, int rows, int[] target) {
        int base = 0;
        int[] varying = new int[columns.length];
        int n = 0;
        for (int d = 0; d < columns.length; d++) {
            if (columns[d].isConstant()) {
                base |= columns[d].constant() << shifts[d];
            } else {
                varying[n++] = d;
            }
        }
        int done = Math.min(n, 4);
        switch (done) {
            case 0 -> Arrays.fill(target, 0, rows, base);
            case 1 -> one(columns[varying[0]], shifts[varying[0]], base, rows, target);
            case 2 -> {
                one(columns[varying[0]], shifts[varying[0]], base, rows, target);
                or(columns[varying[1]], shifts[varying[1]], rows, target);
            }
            case 3 -> {
                one(columns[varying[0]], shifts[varying[0]], base, rows, target);
                or(columns[varying[1]], shifts[varying[1]], rows, target);
                or(columns[varying[2]], shifts[varying[2]], rows, target);
            }
            default -> four(columns, shifts, varying, base, rows, target);
        }
        for (int v = done; v < n; v++) {
            or(columns[varying[v]], shifts[varying[v]], rows, target);
        }
    }

    private static void one(DimensionColumn column, int shift, int base, int rows, int[] target) {
        int[] ids = column.ids();
        int[] map = column.ordinals();
        for (int i = 0; i < rows; i++) {
            target[i] = base | map[ids[i]] << shift;
        }
    }

    private static void or(DimensionColumn column, int shift, int rows, int[] target) {
        int[] ids = column.ids();
        int[] map = column.ordinals();
        for (int i = 0; i < rows; i++) {
            target[i] |= map[ids[i]] << shift;
        }
    }

    private static void four(DimensionColumn[] columns, int[] shifts, int[] varying, int base, int rows, int[] target) {
        int[] ids0 = columns[varying[0]].ids();
        int[] ids1 = columns[varying[1]].ids();
        int[] ids2 = columns[varying[2]].ids();
        int[] ids3 = columns[varying[3]].ids();
        int[] map0 = columns[varying[0]].ordinals();
        int[] map1 = columns[varying[1]].ordinals();
        int[] map2 = columns[varying[2]].ordinals();
        int[] map3 = columns[varying[3]].ordinals();
        int shift0 = shifts[varying[0]];
        int shift1 = shifts[varying[1]];
        int shift2 = shifts[varying[2]];
        int shift3 = shifts[varying[3]];
        for (int i = 0; i < rows; i++) {
            target[i] = base
                    | map0[ids0[i]] << shift0
                    | map1[ids1[i]] << shift1
                    | map2[ids2[i]] << shift2
                    | map3[ids3[i]] << shift3;
        }
    }
}
