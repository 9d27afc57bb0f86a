# Run `python -m utils.environment` with the first Python here that can carry the course.
#
#   sh utils/environment/find_python.sh TASK [ARGUMENT …]
#
# Asked, in this order: $PYTHON, if you set it; the active conda environment; the course's own
# .venv; python3.13, 3.12, 3.11, python3 and python on the PATH; then the places where pyenv, uv
# and Homebrew keep theirs. Each is run, because a name on the PATH may be no more than a shim.

here=utils/environment
refused=

ask() { # run candidate $1; hand over to it if it can carry the course, else note why not
    candidate=$1
    shift
    if answer=$("$candidate" -E -s -S $here/probe.py 2>/dev/null); then
        case $answer in
        "yes "*) exec "$candidate" -m utils.environment "$@" ;;
        "no "*) reason=${answer#no } ;;
        *) reason="does not answer like a Python" ;;
        esac
    else
        reason="does not run"
    fi
    refused="$refused  $candidate $reason
"
}

if [ -n "${PYTHON:-}" ]; then
    if found=$(command -v "$PYTHON"); then
        ask "$found" "$@"
    else
        refused="  $PYTHON (from the variable PYTHON) is not there
"
    fi
else
    [ -n "${CONDA_PREFIX:-}" ] && [ -x "$CONDA_PREFIX/bin/python" ] && ask "$CONDA_PREFIX/bin/python" "$@"
    [ -x .venv/bin/python ] && ask "$PWD/.venv/bin/python" "$@"
    for name in python3.13 python3.12 python3.11 python3 python; do
        found=$(command -v $name) && ask "$found" "$@"
    done
    for minor in 13 12 11; do
        for found in \
            "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.$minor.*/bin/python3.$minor \
            "${XDG_DATA_HOME:-$HOME/.local/share}"/uv/python/cpython-3.$minor.*/bin/python3.$minor \
            "$HOME"/.local/bin/python3.$minor \
            "${HOMEBREW_PREFIX:-/opt/homebrew}"/bin/python3.$minor; do
            [ -x "$found" ] && ask "$found" "$@"
        done
    done
fi

{
    echo "The course needs Python 3.11, 3.12 or 3.13, and there is none here that will do. Looked at:"
    printf '%s' "${refused:-  no Python at all is on the PATH
}"
    echo "With conda:  conda env create -f environment.yml && conda activate why-wont-it-learn"
    echo "With uv:     uv python install 3.13"
    echo "Then run the same make command again. PYTHON=/path/to/python3.13 names one that lies elsewhere."
} >&2
exit 1
