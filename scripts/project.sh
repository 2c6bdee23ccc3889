#!/bin/sh
# Installs this project itself, editable, into an environment that has its packages:
#     scripts/project.sh ENVIRONMENT
# The build back end comes from a lock with hashes too, so the build is not isolated.
set -eu
environment=$1
scripts/install.sh "$environment" requirements-build.lock
exec "$environment/bin/pip" install --quiet --disable-pip-version-check --no-deps \
    --no-build-isolation --editable .
