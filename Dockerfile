# syntax=docker/dockerfile:1
# Trygg from its lock file. The image holds the program, the questionnaire definitions and nothing
# that builds or tests.

FROM rust:1.95-bookworm AS build
WORKDIR /build
COPY . .
RUN cargo build --locked --release --bin trygg

FROM debian:bookworm-slim
RUN apt-get update && apt-get install --yes --no-install-recommends fonts-noto-core && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /var/lib/trygg trygg \
    && install -d -o trygg -g trygg -m 0700 /var/lib/trygg
COPY --from=build /build/target/release/trygg /usr/local/bin/trygg
COPY --from=build /build/survey-definitions /usr/share/trygg/survey-definitions
COPY --from=build /build/LICENSE-MIT /build/LICENSE-APACHE /usr/share/doc/trygg/
ENV TRYGG_DATA=/var/lib/trygg \
    TRYGG_DEFINITIONS=/usr/share/trygg/survey-definitions \
    TRYGG_LISTEN=0.0.0.0:8080
USER 10001:10001
WORKDIR /var/lib/trygg
VOLUME /var/lib/trygg
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=4 CMD ["/usr/local/bin/trygg", "check"]
ENTRYPOINT ["/usr/local/bin/trygg"]
CMD ["serve"]
