# The image of every service of Tanya SPBE: web, bot, backup. See docs/operations.md.
#
# Build arguments:
#   SENTENCE_TRANSFORMERS=1   adds sentence-transformers with the CPU build of PyTorch, for
#                             SPBE_EMBEDDER=sentence-transformers:MODEL; the image grows by about 1 GB
#   TORCH_INDEX=ADDRESS       where pip finds that build, as PyTorch's installation page names it

FROM python:3.11.14-slim-bookworm AS build
ARG SENTENCE_TRANSFORMERS=""
ARG TORCH_INDEX=""
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/spbe
ENV PATH=/opt/spbe/bin:$PATH
COPY requirements-server.lock /src/
RUN pip install --require-hashes -r /src/requirements-server.lock
RUN if [ -n "$SENTENCE_TRANSFORMERS" ]; then \
      pip install --index-url "${TORCH_INDEX:?the address of an index with the CPU build of PyTorch}" 'torch>=2.9,<3' \
      && pip install 'sentence-transformers>=6.2,<7'; \
    fi
COPY pyproject.toml README.md LICENSE /src/
COPY scoring /src/scoring
COPY knowledge /src/knowledge
COPY ingest /src/ingest
COPY assistant /src/assistant
COPY bots /src/bots
RUN pip install --no-deps --no-build-isolation /src

FROM python:3.11.14-slim-bookworm
# Debian's security updates are wanted, so their versions are not pinned.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-ind \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --home-dir /data --no-create-home --shell /usr/sbin/nologin spbe \
    && install -d -o spbe -g spbe -m 0750 /data /backups
COPY --from=build /opt/spbe /opt/spbe
ENV PATH=/opt/spbe/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OMP_NUM_THREADS=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    SPBE_DATA_DIR=/data
USER 10001:10001
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8000
STOPSIGNAL SIGTERM
ENTRYPOINT ["spbe"]
CMD ["serve", "--host", "0.0.0.0"]
