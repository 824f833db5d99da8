"""How python_root.py makes and enters a folder with a Python of 64-bit ARM, on x86-64.

The folder is Debian for amd64, with arm64's packages unpacked beside: qemu-user emulates
Python, and the shell, the compiler and all else run natively.  Nothing of arm64's is configured.
"""

# $1 is arm64, $2 its packages, $3 the codename, $4 the folder, $5 the mirror.  What amd64 has
# is kept; the last lines are of links that Debian makes when it configures packages.  pip does not
# start without the certificates.
DEBOOTSTRAP = """
debootstrap --arch=amd64 --variant=minbase \\
  --include=ca-certificates,g++-aarch64-linux-gnu,gcc-aarch64-linux-gnu,gzip,util-linux,zstd \\
  "$3" "$4" "$5"
debootstrap --arch="$1" --variant=minbase --download-only --include="$2" "$3" "$4/$1" "$5"
for package in "$4/$1"/var/cache/apt/archives/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar -x -C "$4" --skip-old-files --keep-directory-symlink
done
rm -r "${4:?}/$1"
ln -s aarch64-linux-gnu-gcc "$4/usr/bin/gcc"
ln -s aarch64-linux-gnu-g++ "$4/usr/bin/g++"
ln -s aarch64-linux-gnu-objdump "$4/usr/bin/objdump"
ln -s blas/libblas.so.3 lapack/liblapack.so.3 "$4/usr/lib/aarch64-linux-gnu"
"""

# Is run there, once.  Debian does so when it configures Python; else each program that starts
# would compile what it imports, which takes ten seconds.
COMPILE = """
for python in /usr/bin/python3.*[0-9]; do
  "$python" -m compileall -q -x '/(test|tests)/' "/usr/lib/${python##*/}" \\
    /usr/lib/python3/dist-packages
done
"""

# Says what the kernel runs such programs by, in a form that it understands.
EMULATOR = "/usr/lib/binfmt.d/qemu-aarch64.conf"

# Runs a command in the root that is the current folder.  Where the machine runs no programs of
# ARM, a user namespace of its own does (Linux 6.7), which has all users.
ENTER = f"""
if chroot . python3 -c '' 2>/dev/null; then exec chroot . "$@"; fi
unshare --user sleep 9 >/dev/null 2>&1 &
while [ /proc/$!/ns/user -ef /proc/$$/ns/user ]; do sleep 0.01; done
for map in uid_map gid_map; do echo 0 0 4294967295 >/proc/$!/$map; done
exec nsenter --user --target $! unshare --mount sh -euc '
  mount -t binfmt_misc binfmt_misc proc/sys/fs/binfmt_misc
  cat {EMULATOR} >proc/sys/fs/binfmt_misc/register
  exec chroot . "$@"' sh "$@"
"""
