"""How python_root.py makes a folder with a Python whose C library is musl, as Alpine's is.

The folder is Debian for amd64, with musl beside glibc.  Python is built there, from Debian's
sources, by gcc with musl's headers.  Extensions are built by Zig, of PyPI, whose clang has musl
and a C++ library for it; the shell and all else run with glibc.
"""

# dpkg's name.  Debian has no packages for it.
ARCHITECTURE = "musl-linux-amd64"
CODENAME = "trixie"  # Has musl 1.2.5, which Zig links with.
ZIG = "ziglang==0.17.1"
PACKAGES = ("autoconf", "automake", "g++", "gcc", "gzip", "libltdl-dev", "libtool", "make", "musl",
            "musl-tools", "pkg-config", "python3", "util-linux", "xz-utils", "zstd")

PREFIX = "/usr/local/musl"
PYTHON = PREFIX + "/bin/python3"
# What builds extensions, for build_wheel.py and for tests.
COMPILERS = (f"CC={PREFIX}/bin/musl-cc", f"CXX={PREFIX}/bin/musl-c++")

# Is run in the folder.  musl-gcc answers --print-multiarch for glibc.  Scanners for dumps from
# outside are gcc's, as everywhere: they have no C library.
_BUILD = f"""
cd /opt
prefix={PREFIX}
mkdir -p "$prefix/bin" "$prefix/lib"
cat >"$prefix/bin/musl-gcc" <<'END'
#!/bin/sh
[ "$*" = --print-multiarch ] || exec /usr/bin/musl-gcc "$@"
END
cat >"$prefix/bin/musl-cc" <<'END'
#!/bin/sh
case " $* " in *" -DHEAPGRIND_BLOB "*) exec gcc "$@" ;; esac
export ZIG_GLOBAL_CACHE_DIR=/opt/zig ZIG_LOCAL_CACHE_DIR=/opt/zig
exec /opt/ziglang/zig cc -target x86_64-linux-musl -dynamic "$@"
END
# Its linker lacks --exclude-libs.
cat >"$prefix/bin/musl-c++" <<'END'
#!/bin/sh
case " $* " in *" -DHEAPGRIND_BLOB "* | *" -nostdlib "*) exec g++ "$@" ;; esac
export ZIG_GLOBAL_CACHE_DIR=/opt/zig ZIG_LOCAL_CACHE_DIR=/opt/zig
for word; do
  shift
  [ "$word" != -Wl,--exclude-libs,ALL ] || word=-Wl,--version-script={PREFIX}/lib/module.map
  set -- "$@" "$word"
done
exec /opt/ziglang/zig c++ -target x86_64-linux-musl -dynamic "$@"
END
echo "$prefix/lib" >/etc/ld-musl-x86_64.path  # Where zlib is; Alpine's is in /usr/lib.
echo '{{ global: PyInit_*; local: *; }};' >"$prefix/lib/module.map"
chmod 755 "$prefix"/bin/* ziglang/zig
for archive in *.orig.tar.*z; do tar -xf "$archive"; done
export CC="$prefix/bin/musl-gcc" CFLAGS="-O1 -g0 -fPIC" PKG_CONFIG=false
export CPPFLAGS="-I$prefix/include" LDFLAGS="-L$prefix/lib"
(cd zlib-*/ && ./configure --prefix="$prefix" && make -j2 install)
(cd libffi-*/ && autoreconf -i &&
  ./configure --prefix="$prefix" --disable-shared --with-pic --disable-docs \\
    --disable-exec-static-tramp --disable-multi-os-directory && make -j2 install)
(cd Python-*/ &&
  LIBFFI_CFLAGS="$CPPFLAGS" LIBFFI_LIBS="$LDFLAGS -lffi" \\
  ZLIB_CFLAGS="$CPPFLAGS" ZLIB_LIBS="$LDFLAGS -lz" \\
  ./configure --prefix="$prefix" --disable-test-modules --without-static-libpython &&
  make -j2 && make install)
make -C zstd-*/lib -j2 install-shared PREFIX="$prefix"  # For dumps in .zst.
printf '#include <charconv>\\nchar* End(char* to) {{ return std::to_chars(to, to + 9, 1.5).ptr; }}' \\
  >end.cc
"$prefix/bin/musl-c++" -std=c++17 -O2 -shared -fPIC end.cc -o end.so  # Builds Zig's C++ library.
"$prefix/bin/python3" -c 'import ctypes, zlib; ctypes.CDLL("libzstd.so.1")'
rm -r Python-* libffi* libzstd* python3* zlib* zstd-* end.cc end.so
"""

# $2 are the packages, $3 the codename, $4 the folder, $5 the mirror.  What is from the network
# comes by this machine's apt and pip, which know the way.
DEBOOTSTRAP = f"""
debootstrap --arch=amd64 --variant=minbase --include="$2" "$3" "$4" "$5"
opt=$4/opt
mkdir -p "$opt/apt/lists/partial" "$opt/apt/archives/partial"
python3 -m venv "$opt/venv"
"$opt/venv/bin/pip" download -q --no-deps -d "$opt" '{ZIG}'
python3 -m zipfile -e "$opt"/ziglang-*.whl "$opt"
keys=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb-src [signed-by=$keys] $5 $3 main" >"$opt/apt/sources.list"
of_mirror() {{
  apt-get -q -o Dir::Etc::SourceList="$opt/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \\
    -o Dir::State::Lists="$opt/apt/lists" -o Dir::Cache="$opt/apt" -o APT::Sandbox::User=root "$@"
}}
of_mirror update
(cd "$opt" && of_mirror source --download-only --tar-only zlib libffi libzstd python3.13)
rm -r "$opt/apt" "$opt/venv" "$opt"/ziglang-*.whl
mount -t proc proc "$4/proc"
mount --rbind /dev "$4/dev"
cat >"$opt/build" <<'BUILD'
{_BUILD}
BUILD
chroot "$4" sh -eu /opt/build
"""
