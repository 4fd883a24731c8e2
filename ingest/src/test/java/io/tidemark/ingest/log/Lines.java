package io.tidemark.ingest.log;

/** Lines of commits, as writers write them. */
final class Lines {
    static final String PROTOCOL = "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}";

    private Lines() {}

    static String metadata(String id, String... longColumns) {
        StringBuilder fields = new StringBuilder();
        for (String column : longColumns) {
            fields.append(fields.length() == 0 ? "" : ",")
                    .append("{\\\"name\\\":\\\"")
                    .append(column)
                    .append("\\\",\\\"type\\\":\\\"long\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}}");
        }
        return "{\"metaData\":{\"id\":\"" + id + "\",\"format\":{\"provider\":\"parquet\",\"options\":{}},"
                + "\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[" + fields
                + "]}\",\"partitionColumns\":[],\"configuration\":{},\"createdTime\":1}}";
    }

    static String add(String path) {
        return add(path, 10);
    }

    static String add(String path, long size) {
        return "{\"add\":{\"path\":\"" + path + "\",\"partitionValues\":{},\"size\":" + size
                + ",\"modificationTime\":1,\"dataChange\":true}}";
    }

    static String addWithVector(String path, String vector) {
        return "{\"add\":{\"path\":\"" + path + "\",\"partitionValues\":{},\"size\":10,\"modificationTime\":1,"
                + "\"dataChange\":true," + vector(vector) + "}}";
    }

    static String remove(String path) {
        return "{\"remove\":{\"path\":\"" + path + "\",\"deletionTimestamp\":1,\"dataChange\":true}}";
    }

    static String removeWithVector(String path, String vector) {
        return "{\"remove\":{\"path\":\"" + path + "\",\"deletionTimestamp\":1,\"dataChange\":true," + vector(vector)
                + "}}";
    }

    private static String vector(String id) {
        return "\"deletionVector\":{\"storageType\":\"u\",\"pathOrInlineDv\":\"" + id
                + "\",\"offset\":1,\"sizeInBytes\":36,\"cardinality\":2}";
    }

    static String info(String operation, String metrics) {
        return "{\"commitInfo\":{\"timestamp\":1,\"operation\":\"" + operation + "\",\"operationMetrics\":{" + metrics
                + "},\"engineInfo\":\"a test\"}}";
    }
}
