# Melkeveien as an image: no compiler and no pip inside, a user of its own, and a root file system that may be read-only.
# Debian's Python, fonts and libraries, as on a machine without containers: one supplier mends them all (docs/deploy.md).
ARG BASE=debian:12.11-slim

# --- The packages, each by its hash ----------------------------------------------------------------------------------
FROM ${BASE} AS packages
SHELL ["/bin/sh", "-eu", "-c"]
RUN apt-get update; \
    apt-get install -y --no-install-recommends ca-certificates python3-venv; \
    rm -rf /var/lib/apt/lists/*
COPY requirements.txt /build/requirements.txt
RUN python3 -m venv /srv/venv; \
    /srv/venv/bin/pip install --no-cache-dir --no-compile --only-binary :all: --require-hashes \
        -r /build/requirements.txt; \
    /srv/venv/bin/pip uninstall --yes pip setuptools

# --- The program -----------------------------------------------------------------------------------------------------
FROM ${BASE} AS melkeveien
SHELL ["/bin/sh", "-eu", "-c"]
# A layer keeps whole seconds alone: with a folder's fractions, the list of fonts would be out of date when it is unpacked.
RUN apt-get update; \
    apt-get install -y --no-install-recommends python3 fontconfig fonts-noto-core \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 postgresql-client; \
    rm -rf /var/lib/apt/lists/*; \
    find /usr/share/fonts /usr/local/share/fonts -type d -exec touch --date=@0 {} +; \
    fc-cache --force --system-only; \
    groupadd --system --gid 10001 melkeveien; \
    useradd --system --uid 10001 --gid melkeveien --home-dir /srv/melkeveien --shell /usr/sbin/nologin melkeveien; \
    install -d -m 0700 -o melkeveien -g melkeveien /var/lib/melkeveien

COPY --from=packages /srv/venv /srv/venv
WORKDIR /srv/melkeveien
COPY . .
ENV PATH=/srv/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=config.settings
# The static files are named by their content when the image is built; the key is thrown away with the line.
RUN python -m compileall -q -j 0 /srv/venv /srv/melkeveien; \
    DEBUG=off BEHIND_TLS_PROXY=on ALLOWED_HOSTS=localhost DATABASE_URL=sqlite:////tmp/none.sqlite3 \
        SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
        python manage.py collectstatic --noinput --verbosity 0

USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-I", "/srv/melkeveien/config/alive.py"]
CMD ["granian", "--interface", "rsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "1", \
    "--backlog", "1024", "--backpressure", "512", "--workers-kill-timeout", "30", \
    "--no-ws", "--http", "1", "--log-level", "warning", "config.rsgi:application"]
