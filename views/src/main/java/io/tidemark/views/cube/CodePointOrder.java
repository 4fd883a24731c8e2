package io.tidemark.views.cube;

/** The order of values: by code points, null first. {@link String#compareTo} puts what is beyond U+FFFF before U+E000. */
final class CodePointOrder {

    private CodePointOrder() {}

    static int compare(String a, String b) {
        if (a == null || b == null) {
            return a == null ? b == null ? 0 : -1 : 1;
        }
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                boolean leftBeyond = Character.isSurrogate(left);
                return leftBeyond == Character.isSurrogate(right) ? left - right : leftBeyond ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }
}
