# One image for every part: serve (the default), write, produce, generate, verify. See README, "Container".
#
# The bases are arguments, so that another mirror or a newer patch level can be named:
#   docker build --build-arg JRE_IMAGE=eclipse-temurin:21-jre-noble .
# JAR=built packs web/target/tidemark.jar as it is, without a build in a container.
ARG MAVEN_IMAGE=maven:3.9.11-eclipse-temurin-17
ARG JRE_IMAGE=eclipse-temurin:17.0.17_10-jre-noble
ARG JAR=build

FROM ${MAVEN_IMAGE} AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/m2 mvn -B -ntp -q -Dquick -Psbom -Dlicense.skip=false \
    -Dmaven.repo.local=/m2 -pl web -am package

FROM scratch AS built
COPY web/target/tidemark.jar /src/web/target/tidemark.jar

FROM ${JAR} AS jar

FROM ${JRE_IMAGE}
LABEL org.opencontainers.image.title="Tidemark" \
      org.opencontainers.image.description="Live, exact, pre-aggregated views of a Delta Lake table." \
      org.opencontainers.image.licenses="Apache-2.0"
# Group 0 owns the state, too: a number that a platform makes up for the user belongs to it.
RUN echo 'tidemark:x:10001:0:Tidemark:/var/lib/tidemark:/usr/sbin/nologin' >> /etc/passwd \
    && mkdir -p /var/lib/tidemark \
    && chown 10001:0 /var/lib/tidemark \
    && chmod 0770 /var/lib/tidemark
COPY --from=jar /src/web/target/tidemark.jar /opt/tidemark/tidemark.jar
COPY deploy/image/tidemark-health /usr/local/bin/
COPY deploy/image/archive-classes /opt/tidemark/
RUN /opt/tidemark/archive-classes /opt/tidemark/tidemark.jar /opt/tidemark/tidemark.jsa

ENV TIDEMARK_HOST=0.0.0.0 \
    TIDEMARK_PORT=8080 \
    TIDEMARK_STATE_DIR=/var/lib/tidemark
EXPOSE 8080
VOLUME /var/lib/tidemark
WORKDIR /var/lib/tidemark
USER 10001:0
HEALTHCHECK --interval=5s --timeout=6s --start-period=60s --retries=6 CMD ["tidemark-health"]
# A jar or JVM that the archive is not for is started without it. JAVA_TOOL_OPTIONS is free for the user.
ENTRYPOINT ["java", "-XX:SharedArchiveFile=/opt/tidemark/tidemark.jsa", "-XX:MaxRAMPercentage=60", "-jar", "/opt/tidemark/tidemark.jar"]
CMD ["serve"]
