# To be sourced, from the project's folder: how cargo builds for another target.

# Says what is wrong, and ends.
say() {
    echo "$*" >&2
    exit 2
}

# need PROGRAM PACKAGE: whether Debian's package that has the program is to be installed.
missing=()
need() {
    command -v "$1" >/dev/null || missing+=("${@:2}")
}

# Installs what is missing.
install_missing() {
    ((${#missing[@]})) || return 0
    if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
        say "This needs more than is here: install it (Debian: apt-get install ${missing[*]}), or run this once as root," \
            "and it does."
    fi
    apt-get update
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}" ||
        say "Debian's packages ${missing[*]} could not be installed: see above."
    missing=()
}

# Where this machine gets Debian from: apt knows, however it is configured.
debian() {
    local uri
    uri=$(apt-get indextargets --format '$(REPO_URI)' 'Label: Debian' 2>/dev/null | sort -u | head -1)
    [[ -n $uri ]] || uri=$(cat /etc/apt/sources.list.d/*.sources 2>/dev/null | sed -n 's/^URIs: *//p' | head -1)
    [[ -n $uri ]] || uri=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
        sed -n 's/^deb \(\[[^]]*\] \)\?\([^ ]*\) .*/\2/p' | head -1)
    [[ -n $uri ]] || say "Where this machine gets Debian's packages from is in none of apt's lists."
    echo "$uri"
}

# The source of the standard library, from the first suite of Debian that has this version.
fetch_source() {
    local place=$1 target=$2 version suite mirror apt found
    command -v apt-get >/dev/null || say "Without rustup's target, this needs Debian: rustup target add $target."
    version=$(rustc --version | cut -d' ' -f2)
    mirror=$(debian) || exit
    rm -rf "$place/apt" "$place/unpacked"
    mkdir -p "$place"/apt/{lists/partial,cache/archives/partial}
    for suite in trixie trixie-backports sid; do
        echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main"
    done >"$place/apt/list"
    apt=(-o "Dir::Etc::sourcelist=$place/apt/list" -o Dir::Etc::sourceparts=/dev/null
        -o "Dir::State::Lists=$place/apt/lists" -o "Dir::Cache=$place/apt/cache" -o APT::Sandbox::User=root)
    apt-get "${apt[@]}" update -qq || say "The lists of Debian at $mirror could not be read: see above."
    found=$(apt-cache "${apt[@]}" madison rust-src | awk -v v="$version+" 'index($3, v) == 1 { print $3; exit }')
    [[ -n $found ]] || say "Debian has no source of Rust $version: run rustup target add $target, and this again."
    (cd "$place/apt" && apt-get "${apt[@]}" download -qq "rust-src=$found") || say "rust-src could not be fetched: see above."
    dpkg -x "$place"/apt/rust-src_*.deb "$place/unpacked"
    mv "$place/unpacked/usr/src/rustc-$version" "$place/rust"
    rm -rf "$place/unpacked" "$place/apt"
}

# prepare_target TARGET: sets `environment`, which is for cargo when it builds for the target, and `std`, its arguments. A
# rustup target is used where there is one; otherwise the standard library is built from Debian's source of the very same
# version of Rust.
prepare_target() {
    local target=$1 place=$PWD/target/std-source
    environment=() std=()
    [[ ! -d $(rustc --print sysroot)/lib/rustlib/$target ]] || return 0
    mkdir -p "$place"
    [[ -d $place/rust ]] || fetch_source "$place" "$target"
    environment=(RUSTC_BOOTSTRAP=1 "__CARGO_TESTS_ONLY_SRC_ROOT=$place/rust/library")
    std=(-Zbuild-std=std,panic_abort)
}
