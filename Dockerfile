# syntax=docker/dockerfile:1
# Built and started by: docker compose up --build

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml ./
COPY .mvn .mvn
RUN mvn -B -ntp dependency:go-offline
COPY src src
RUN mvn -B -ntp -DskipTests package

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --home-dir /okr-sync okrsync \
 && install -d -o okrsync -g okrsync /okr-sync /okr-sync/data
WORKDIR /okr-sync
COPY --from=build /build/target/lib lib
COPY --from=build /build/target/okr-sync.jar ./
COPY routes routes
COPY config config
# The ahead-of-time cache is bound to this very runtime and class path, so it is made here, by running the demo once.
RUN java -XX:AOTCacheOutput=okr-sync.aot -jar okr-sync.jar demo --once --port 0 >/dev/null 2>&1; \
    test -s okr-sync.aot
USER okrsync
VOLUME ["/okr-sync/config", "/okr-sync/routes", "/okr-sync/data"]
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200 '"]
# Inside a container the container's own network is the boundary, so it listens on all of it.
ENTRYPOINT ["java", "-XX:AOTCache=okr-sync.aot", "-XX:MaxRAMPercentage=75", "-jar", "okr-sync.jar"]
CMD ["serve", "--host", "0.0.0.0"]
