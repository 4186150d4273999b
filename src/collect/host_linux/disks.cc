// Encryption of what is mounted: from a block device down through its layers (LVM, RAID) to a
// dm-crypt one, as sysfs shows them to everybody. What a hypervisor or a drive encrypts by itself
// cannot be seen from here.
#include <set>

#include "collect/host_linux/scan.h"

namespace khien::host {
namespace {

// "CRYPT-LUKS2-0123…-name" -> LUKS2; nullopt when the layer is no dm-crypt.
std::optional<std::string> crypt_method(const std::string& uuid) {
  if (!uuid.starts_with("CRYPT-")) return std::nullopt;
  const std::string kind = uuid.substr(6, uuid.find('-', 6) - 6);
  return kind == "PLAIN" ? "plain" : kind;
}

// The method of the first encrypted layer at or under `folder` of sysfs; "" when there is none.
std::string method_below(const Files& files, const std::string& folder, int depth) {
  const FileBytes uuid = files.head(folder + "/dm/uuid", 256);
  if (const auto method = crypt_method(std::string(bare(uuid.bytes)))) return *method;
  if (depth >= 8) return "";
  for (const std::string& slave : files.list(folder + "/slaves").names) {
    const std::string method = method_below(files, "/sys/class/block/" + slave, depth + 1);
    if (!method.empty()) return method;
  }
  return "";
}

std::string unescape(std::string_view text) {  // \040 is a space in mount tables
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 3 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '3') {
      out += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 +
                               (text[i + 3] - '0'));
      i += 3;
    } else {
      out += text[i];
    }
  }
  return out;
}

void put_disk(Scan& scan, const std::string& device, const std::string& mount,
              const std::string& type, const std::string& sysfs, bool swap) {
  Row& row = scan.add("disk_encryption");
  put(row, "device", device);
  put(row, "mount_point", mount);
  put(row, "file_system", type);
  put_flag(row, "swap", swap);
  const std::string name = device.substr(device.rfind('/') + 1);
  std::string folder = sysfs;
  if (folder.empty() || !scan.files.exists(folder)) folder = "/sys/class/block/" + name;
  if (!scan.files.exists(folder)) {
    scan.gap("disk_encryption", "encrypted", "reason.host.no_block_device");
    return;
  }
  const std::string method = method_below(scan.files, folder, 0);
  put_flag(row, "encrypted", !method.empty());
  put(row, "method", method);
}

// A mapped name ("/dev/mapper/swap") to its sysfs folder.
std::string mapped_folder(const Files& files, const std::string& device) {
  constexpr std::string_view mapper = "/dev/mapper/";
  if (!device.starts_with(mapper)) return "";
  for (const std::string& name : files.list("/sys/class/block").names) {
    if (!name.starts_with("dm-")) continue;
    const std::string folder = "/sys/class/block/" + name;
    const FileBytes label = files.head(folder + "/dm/name", 256);
    if (bare(label.bytes) == device.substr(mapper.size())) return folder;
  }
  return "";
}

// Lines of mountinfo: id parent major:minor root mount options ... - type source options.
// Gives how many lines were of that form.
std::size_t put_mounts(Scan& scan, std::string_view text) {
  std::size_t lines = 0;
  std::set<std::string> seen;  // a device mounted twice is one disk
  each_line(text, [&](std::string_view line) {
    const std::vector<std::string_view> f = words(line);
    std::size_t dash = 6;
    while (dash < f.size() && f[dash] != "-") ++dash;
    if (dash + 2 >= f.size()) return;
    ++lines;
    const std::string device = unescape(f[dash + 2]);
    const std::string type(f[dash + 1]);
    const std::string number_pair(f[2]);
    if (!device.starts_with("/dev/") || device.starts_with("/dev/loop") || type == "squashfs" ||
        type == "iso9660" || !seen.insert(number_pair + device).second) {
      return;
    }
    std::string folder = "/sys/dev/block/" + number_pair;
    if (!scan.files.exists(folder)) folder = mapped_folder(scan.files, device);
    put_disk(scan, device, unescape(f[4]), type, folder, false);
  });
  return lines;
}

}  // namespace

void collect_disk_encryption(Scan& scan) {
  scan.begin("disk_encryption");
  const FileBytes mounts = scan.files.read("/proc/self/mountinfo");
  if (!mounts.ok()) {
    scan.missing("disk_encryption", mounts.problem == Problem::absent ? "reason.host.not_live"
                                                                      : reason_of(mounts.problem),
                 "/proc/self/mountinfo");
    return;
  }
  if (put_mounts(scan, mounts.bytes) == 0) {
    scan.missing("disk_encryption", "reason.host.unreadable", "/proc/self/mountinfo");
    return;
  }
  each_line(scan.files.read("/proc/swaps").bytes, [&](std::string_view line) {
    const std::vector<std::string_view> f = words(line);
    if (f.size() < 5 || f[1] != "partition" || !f[0].starts_with("/dev/")) return;
    const std::string device = unescape(f[0]);
    if (device.starts_with("/dev/zram")) return;  // lives in memory
    put_disk(scan, device, "[swap]", "swap", mapped_folder(scan.files, device), true);
  });
}

}  // namespace khien::host
