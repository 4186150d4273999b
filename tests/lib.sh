# Helpers of the shell suites: each case prints GTest's lines, so ./test counts all alike.
# case NAME starts one, the checks record problems, done_case ends it.
khien=${1:?path of khien}
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
# The same wherever it runs: no setting of the person who started it.
unset XDG_STATE_HOME VISUAL EDITOR LANGUAGE http_proxy https_proxy HTTP_PROXY HTTPS_PROXY
export KHIEN_STATE="$work/state" HOME="$work/home" LC_ALL=C.UTF-8 TZ=Asia/Ho_Chi_Minh
mkdir -p "$HOME"
trap 'rm -rf "$work"' EXIT
failures=0
problems=""
now() { date +%s%3N; }
case_() { name=$1; problems=""; begun=$(now); echo "[ RUN      ] $name"; }
problem() { problems+="$1"$'\n'; }
done_case() {
  local ms=$(($(now) - begun))
  if [[ -z $problems ]]; then echo "[       OK ] $name ($ms ms)"
  else
    printf '%s' "$problems"
    [[ -n ${out:-} ]] && printf 'output: %s\n' "${out:0:3000}"
    echo "[  FAILED  ] $name ($ms ms)"
    failures=$((failures + 1))
  fi
}
# run EXPECTED-EXIT command...: output in $out (both streams), exit checked.
run() {
  local wanted=$1 code=0
  shift
  out=$("$@" 2>&1) || code=$?
  [[ $code -eq $wanted ]] || problem "exit $code, expected $wanted: $*"
}
has() { grep -qF -- "$1" <<<"$out" || problem "not in output: $1"; }
hasnt() { grep -qF -- "$1" <<<"$out" && problem "must not be in output: $1"; true; }
is_file() { [[ -s $1 ]] || problem "no file $1"; }
no_file() { [[ ! -e $1 ]] || problem "left behind: $1"; }
