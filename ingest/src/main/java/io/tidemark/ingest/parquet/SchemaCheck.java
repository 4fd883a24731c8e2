package io.tidemark.ingest.parquet;

import java.util.ArrayList;
import java.util.List;

/** Goes over a footer's schema, however deep, without recursion, and finds the columns with values. */
final class SchemaCheck {
    private static final int OPTIONAL = 1;
    private static final int REPEATED = 2;

    private final ThriftReader in;
    private final ParquetLimits limits;
    private String name;
    private int type;
    private int repetition;
    private int children;

    SchemaCheck(ThriftReader in, ParquetLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /** To be called at the schema's list. */
    List<ChunkClaim.Leaf> leaves() {
        int elements = in.structs();
        if (elements == 0 || elements > limits.maxSchemaElements()) {
            throw new ParquetFormatException(
                    "has a schema of " + elements + " elements; at most " + limits.maxSchemaElements() + " are read");
        }
        List<ChunkClaim.Leaf> leaves = new ArrayList<>();
        int[] left = new int[limits.maxDepth() + 1];
        int[] definition = new int[left.length];
        int[] repetitions = new int[left.length];
        String[] paths = new String[left.length];
        element();
        left[0] = children;
        paths[0] = "";
        int depth = 0;
        for (int i = 1; i < elements; i++) {
            while (depth > 0 && left[depth] == 0) {
                depth--;
            }
            if (left[depth]-- <= 0) {
                throw notATree();
            }
            element();
            int defined = definition[depth] + (repetition == OPTIONAL || repetition == REPEATED ? 1 : 0);
            int repeated = repetitions[depth] + (repetition == REPEATED ? 1 : 0);
            String path = paths[depth] + '\0' + name;
            if (children == 0 && type >= 0) {
                leaves.add(new ChunkClaim.Leaf(path, type, defined, repeated));
                continue;
            }
            if (++depth > limits.maxDepth()) {
                throw new ParquetFormatException(
                        "has a schema of more than " + limits.maxDepth() + " levels, which is not read");
            }
            left[depth] = children;
            definition[depth] = defined;
            repetitions[depth] = repeated;
            paths[depth] = path;
        }
        for (int i = 0; i <= depth; i++) {
            if (left[i] != 0) {
                throw notATree();
            }
        }
        return leaves;
    }

    private void element() {
        name = "";
        type = -1;
        repetition = -1;
        children = 0;
        in.element();
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> type = in.i32();
                case 3 -> repetition = in.i32();
                case 4 -> name = in.string();
                case 5 -> children = in.i32();
                default -> in.skip();
            }
        }
        in.leave(outer);
        if (children < 0) {
            throw notATree();
        }
    }

    private static ParquetFormatException notATree() {
        return new ParquetFormatException("has a schema whose elements are not a tree");
    }
}
