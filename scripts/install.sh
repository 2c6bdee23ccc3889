#!/bin/sh
# Installs the packages of a lock file, each held against its hash:
#     scripts/install.sh ENVIRONMENT LOCK
# The environment is made when it is missing. uv installs in seconds where pip takes a minute,
# so it comes first; where uv can't be had or can't reach the index, pip does the same work.
set -eu
environment=$1
lock=$2

python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo "需要 Python 3.11 或更新版本。Python 3.11 or newer is needed and was not found." >&2
    exit 2
}

if ! "$environment/bin/python" -m pip --version >/dev/null 2>&1; then
    found=$(python)
    echo "正在建立环境 making $environment ($("$found" --version))" >&2
    rm -rf "$environment"
    if ! "$found" -m venv "$environment"; then
        echo "请安装 Python 的 venv 模块（Debian：apt-get install python3-venv）。" >&2
        echo "Install Python's venv module (Debian: apt-get install python3-venv)." >&2
        exit 2
    fi
    "$environment/bin/pip" install --quiet --disable-pip-version-check --no-deps \
        --require-hashes -r requirements-uv.lock || echo "uv: not available, using pip" >&2
fi

echo "正在安装 installing $lock" >&2
if [ -x "$environment/bin/uv" ] && "$environment/bin/uv" pip install --quiet \
    --python "$environment/bin/python" --require-hashes -r "$lock"; then
    exit 0
fi
exec "$environment/bin/pip" install --quiet --disable-pip-version-check --no-deps \
    --require-hashes -r "$lock"
