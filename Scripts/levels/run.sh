#!/usr/bin/env bash
# Runs every kernel at every level of instructions, and fails unless all give the same bits.
#
#   Scripts/levels/run.sh     (make levels)
#
# The levels of this processor run on it. The others are emulated, with Debian's packages:
# NEON by qemu, and AVX-512 by Bochs, in a virtual machine that boots a kernel of Debian
# with this program alone. Bochs does not always round a fused multiply-add as it must, so
# its digests are compared with each other, portable, AVX2 and AVX-512: levels that do the
# same operations in the same order agree there too. That takes most of the time.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=.build/levels
kernels=Sources/CInformationKernels
sources=(Scripts/levels/*.c "$kernels"/*.c)
flags=(-O2 -std=gnu11 -Wall -Wextra -Werror -I "$kernels/include")

fail() {
  printf 'levels: %s\n' "$*" >&2
  exit 1
}

install_packages() {
  local packages=(bochs bochsbios bochs-term isolinux syslinux-common xorriso cpio
    qemu-user-static libc6-dev-arm64-cross libgcc-12-dev-arm64-cross)
  dpkg -s "${packages[@]}" > /dev/null 2>&1 && return
  command -v apt-get > /dev/null || fail "install what these Debian packages hold: ${packages[*]}"
  local as_root=()
  ((EUID == 0)) || as_root=(sudo)
  echo 'levels: installing the emulators'
  "${as_root[@]+"${as_root[@]}"}" apt-get update -qq
  "${as_root[@]+"${as_root[@]}"}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${packages[@]}" > /dev/null
}

# The digests of one file, with the level taken off: one line for each kernel and level.
digests() { tr -d '\r' < "$1" | grep '^kernel'; }

# Says which levels a file has, and fails unless they agree.
compare() {
  local title=$1 file=$2 levels
  grep -q '^done' "$file" || fail "$title: the program did not end; see $file"
  levels=$(grep -c '^level' "$file")
  local kernels different
  kernels=$(digests "$file" | cut -c1-32 | sort -u | wc -l)
  different=$(digests "$file" | sort -u | cut -c1-32 | uniq -d)
  [[ -z $different ]] || fail "$title: the levels differ in:"$'\n'"$different"
  printf '%-28s%3d levels, %2d kernels: the same bits\n' "$title" "$levels" "$kernels"
}

# Bochs refuses some gathers of AVX-512, of which the kernels need none: loads of single
# lanes are written so that compilers make none of them.
forbid_gathers() {
  clang "${flags[@]}" -S "$kernels/level_avx512.c" -o "$build/avx512.s"
  ! grep -E '^[[:space:]]*vp?(gather|scatter)' "$build/avx512.s" >&2 \
    || fail "the compiler gathers, which Bochs cannot do; see $build/avx512.s"
}

run_here() {
  clang "${flags[@]}" "${sources[@]}" -lm -o "$build/here"
  "$build/here" > "$build/here.txt"
  compare 'This processor' "$build/here.txt"
}

run_neon() {
  local gcc=/usr/lib/gcc-cross/aarch64-linux-gnu/12 system=/usr/aarch64-linux-gnu
  clang --target=aarch64-linux-gnu -static -fuse-ld=lld -I "$system/include" "${flags[@]}" \
    "${sources[@]}" -L "$system/lib" -B "$gcc" -L "$gcc" -lm -o "$build/neon"
  qemu-aarch64-static "$build/neon" > "$build/neon.txt"
  compare 'NEON, emulated' "$build/neon.txt"
  [[ $(digests "$build/neon.txt" | sort -u) == $(digests "$build/here.txt" | sort -u) ]] \
    || fail 'NEON differs from this processor'
}

# An image that boots Debian's kernel with the program as the first process.
make_image() {
  local package image=$build/image
  if ! compgen -G "$build/linux/boot/vmlinuz-*" > /dev/null; then
    package=$(apt-cache depends linux-image-cloud-amd64 | awk '/Depends: linux-image-[0-9]/ {print $2; exit}')
    (cd "$build" && apt-get download -qq "$package" 2> /dev/null)
    dpkg-deb -x "$build"/linux-image-*.deb "$build/linux"
  fi
  mkdir -p "$image/isolinux"
  cp "$build"/linux/boot/vmlinuz-* "$image/vmlinuz"
  cp /usr/lib/ISOLINUX/isolinux.bin /usr/lib/syslinux/modules/bios/ldlinux.c32 "$image/isolinux"
  clang -static "${flags[@]}" "${sources[@]}" -lm -o "$build/init"
  (cd "$build" && echo init | cpio -o -H newc 2> /dev/null | gzip -9) > "$image/initrd.gz"
  # Bochs and the kernel disagree on the size of the compacted state, and the kernel would
  # do without AVX-512 then.
  cat > "$image/isolinux/isolinux.cfg" <<'CONFIGURATION'
default levels
label levels
  kernel /vmlinuz
  append initrd=/initrd.gz rdinit=/init console=ttyS0 quiet mitigations=off nosmp lpj=1000000 noxsaves clearcpuid=xsaves,xsavec
CONFIGURATION
  xorriso -as mkisofs -quiet -o "$build/image.iso" -b isolinux/isolinux.bin -c isolinux/boot.cat \
    -no-emul-boot -boot-load-size 4 -boot-info-table "$image" 2> /dev/null
}

run_avx512() {
  make_image
  cat > "$build/bochsrc" <<CONFIGURATION
config_interface: textconfig
display_library: term
romimage: file=/usr/share/bochs/BIOS-bochs-latest
vgaromimage: file=/usr/share/bochs/VGABIOS-lgpl-latest
cpu: model=corei7_skylake_x, count=1, ips=50000000
memory: guest=256, host=256
boot: cdrom
ata0: enabled=1, ioaddr1=0x1f0, ioaddr2=0x3f0, irq=14
ata0-master: type=cdrom, path=$build/image.iso, status=inserted
com1: enabled=1, mode=file, dev=$build/avx512.txt
log: $build/bochs.log
error: action=ignore
clock: sync=none
CONFIGURATION
  # Debian's Bochs starts in its debugger.
  echo continue > "$build/bochs.commands"
  rm -f "$build/avx512.txt"
  TERM=xterm script -qec "exec bochs -q -f $build/bochsrc -rc $build/bochs.commands" /dev/null \
    > "$build/bochs.txt" 2>&1 < /dev/null &
  local emulator=$!
  # The emulator is in a session of its own, behind a terminal that `script` made.
  trap "pkill -KILL -P $emulator || true" EXIT
  local seconds=0
  until grep -qs '^done\|panic' "$build/avx512.txt"; do
    kill -0 "$emulator" 2> /dev/null || fail "Bochs ended early; see $build/bochs.log"
    ((seconds < 3600)) || fail 'the virtual machine did not finish in an hour'
    ((seconds % 30)) || printf 'levels: the virtual machine has run for %d s\n' "$seconds" >&2
    sleep 5
    seconds=$((seconds + 5))
  done
  compare 'AVX-512 and below, emulated' "$build/avx512.txt"
  grep -q '^level 2' "$build/avx512.txt" || fail 'the virtual machine has no AVX-512'
}

[[ $(uname -sm) == 'Linux x86_64' ]] || fail 'the emulators are set up for Linux on x86-64'
install_packages
mkdir -p "$build"
forbid_gathers
run_here
run_neon
run_avx512
