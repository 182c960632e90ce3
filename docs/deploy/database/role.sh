#!/bin/sh
# Run once by the image of PostgreSQL, while its volume is empty: the role and the database that the site uses.
# The role that the image itself makes is a superuser, whom no lock stops; it is left without a password, so that only
# whoever is inside the database's container comes in as it.
set -eu

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres \
    --set=password="$(cat "$POSTGRES_PASSWORD_FILE")" <<'SQL'
CREATE ROLE melkeveien LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE melkeveien OWNER melkeveien;
ALTER ROLE CURRENT_USER PASSWORD NULL;
SQL
