# geokg on its own: with GEOKG_NEO4J_URI it uses that Neo4j, without it keeps an embedded graph in /data.

FROM python:3.13.9-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ONLY_BINARY=:all: PIP_REQUIRE_HASHES=1
WORKDIR /src
COPY requirements.lock .
# The lock has two parts; the image runs on the first, its wheel is built with both.
RUN sed '/^# ---- development/,$d' requirements.lock >run.lock \
    && python -m venv /opt/geokg && /opt/geokg/bin/pip install -r run.lock \
    && python -m venv /opt/build && /opt/build/bin/pip install -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY schema schema
COPY kg kg
COPY api api
COPY seed_data seed_data
RUN /opt/build/bin/python -m hatchling build -t wheel \
    && PIP_REQUIRE_HASHES=0 /opt/geokg/bin/pip install --no-deps dist/geokg-*.whl

FROM python:3.13.9-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home geokg && install -d -o geokg -g geokg -m 0700 /data
COPY --from=build /opt/geokg /opt/geokg
ENV PATH=/opt/geokg/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 GEOKG_DATA_DIR=/data
USER geokg
WORKDIR /data
EXPOSE 8765
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8765/readyz', timeout=4)"]
CMD ["geokg", "serve", "--host", "0.0.0.0"]
