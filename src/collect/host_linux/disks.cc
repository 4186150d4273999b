// Encryption of what is mounted: from a block device down through its layers (LVM, RAID) to a
// dm-crypt one, as sysfs shows them to everybody. What a hypervisor or a drive encrypts by itself
// cannot be seen from here.
#include <algorithm>
#include <set>

#include "collect/host_linux/survey.h"

namespace khien::host {
namespace {

constexpr int kLayers = 8;

// "CRYPT-LUKS2-0123…-name" -> LUKS2; nullopt when the layer is no dm-crypt.
std::optional<std::string> crypt_method(const std::string& uuid) {
  if (!uuid.starts_with("CRYPT-")) return std::nullopt;
  const std::string kind = uuid.substr(6, uuid.find('-', 6) - 6);
  return kind == "PLAIN" ? "plain" : kind;
}

// The method of the encrypted layer at or under `folder` of sysfs; "" when there is none, or when
// one of several disks it lies on has none: data lies on each of them.
std::string method_below(const Files& files, const std::string& folder, int depth) {
  const FileBytes uuid = files.head(folder + "/dm/uuid", 256);
  if (const auto method = crypt_method(std::string(bare(uuid.bytes)))) return *method;
  if (depth >= kLayers) return "";
  std::string out;
  for (const std::string& slave : files.list(folder + "/slaves").names) {
    const std::string method = method_below(files, "/sys/class/block/" + slave, depth + 1);
    if (method.empty()) return "";
    if (out.empty()) out = method;
  }
  return out;
}

// The block devices a btrfs that holds `name` is spread over, as the kernel lists them.
std::vector<std::string> btrfs_devices(const Files& files, const std::string& name) {
  const std::string base = "/sys/fs/btrfs";
  for (const std::string& id : files.list(base).names) {
    std::vector<std::string> devices = files.list(base + "/" + id + "/devices").names;
    if (std::find(devices.begin(), devices.end(), name) != devices.end()) return devices;
  }
  return {};
}

// File systems that are an encrypted layer themselves.
bool encrypts(const std::string& type) {
  return type == "ecryptfs" || type == "fuse.gocryptfs" || type == "fuse.encfs" ||
         type == "fuse.cryfs";
}

// File systems that hold no data of this machine: kernel interfaces, memory, other machines' disks,
// read-only images.
bool holds_nothing(const std::string& type) {
  static const std::set<std::string> known = {
      "autofs",  "binfmt_misc", "bpf",        "ceph",      "cgroup",   "cgroup2",   "cifs",
      "configfs", "debugfs",    "devpts",     "devtmpfs",  "efivarfs", "fuse",      "fusectl",
      "glusterfs", "hugetlbfs", "iso9660",    "mqueue",    "nfs",      "nfs4",      "nfsd",
      "nsfs",    "overlay",     "proc",       "pstore",    "ramfs",    "rootfs",    "rpc_pipefs",
      "securityfs", "selinuxfs", "smb3",      "squashfs",  "sysfs",    "tmpfs",     "tracefs",
      "udf"};
  return known.contains(type) || (type.starts_with("fuse.") && !encrypts(type));
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

Row& put_mount(Survey& survey, const std::string& device, const std::string& mount,
               const std::string& type, bool swap) {
  Row& row = survey.add("disk_encryption");
  put(row, "device", device);
  put(row, "mount_point", mount);
  put(row, "file_system", type);
  put_flag(row, "swap", swap);
  return row;
}

void put_disk(Survey& survey, const std::string& device, const std::string& mount,
              const std::string& type, const std::string& sysfs, bool swap) {
  Row& row = put_mount(survey, device, mount, type, swap);
  std::string folder = sysfs;
  if (folder.empty() || !survey.files.exists(folder)) {
    folder = "/sys/class/block/" + device.substr(device.rfind('/') + 1);
  }
  if (!survey.files.exists(folder)) {
    survey.gap("disk_encryption", "encrypted", "reason.host.no_block_device");
    return;
  }
  std::string method = method_below(survey.files, folder, 0);
  if (type == "btrfs") {
    std::string name = device.substr(device.rfind('/') + 1);
    if (device.starts_with("/dev/mapper/")) name = folder.substr(folder.rfind('/') + 1);
    for (const std::string& other : btrfs_devices(survey.files, name)) {
      if (method_below(survey.files, "/sys/class/block/" + other, 0).empty()) method.clear();
    }
  }
  put_flag(row, "encrypted", !method.empty());
  put(row, "method", method);
}

// What lies on no block device of its own: a file system that encrypts itself, or one (ZFS ...)
// whose encryption the mount table does not tell.
void put_other(Survey& survey, const std::string& device, const std::string& mount,
               const std::string& type) {
  Row& row = put_mount(survey, device, mount, type, false);
  if (encrypts(type)) {
    put_flag(row, "encrypted", true);
    put(row, "method", type.substr(type.find('.') + 1));
  } else {
    survey.gap("disk_encryption", "encrypted", "reason.host.own_encryption");
  }
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
std::size_t put_mounts(Survey& survey, std::string_view text) {
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
    const std::string mount = unescape(f[4]);
    // An overlay that is the root stands on something nobody sees from here.
    if (holds_nothing(type) && !(mount == "/" && type == "overlay")) return;
    if (device.starts_with("/dev/loop") || !seen.insert(number_pair + device).second) return;
    if (!device.starts_with("/dev/")) return put_other(survey, device, mount, type);
    std::string folder = "/sys/dev/block/" + number_pair;
    if (!survey.files.exists(folder)) folder = mapped_folder(survey.files, device);
    put_disk(survey, device, mount, type, folder, false);
  });
  return lines;
}

}  // namespace

void collect_disk_encryption(Survey& survey) {
  survey.begin("disk_encryption");
  const FileBytes mounts = survey.files.read("/proc/self/mountinfo");
  if (!mounts.ok()) {
    survey.missing("disk_encryption", mounts.problem == Problem::absent ? "reason.host.not_live"
                                                                      : reason_of(mounts.problem),
                 "/proc/self/mountinfo");
    return;
  }
  if (put_mounts(survey, mounts.bytes) == 0) {
    survey.missing("disk_encryption", "reason.host.unreadable", "/proc/self/mountinfo");
    return;
  }
  each_line(survey.files.read("/proc/swaps").bytes, [&](std::string_view line) {
    const std::vector<std::string_view> f = words(line);
    if (f.size() < 5 || f[1] != "partition" || !f[0].starts_with("/dev/")) return;
    const std::string device = unescape(f[0]);
    if (device.starts_with("/dev/zram")) return;  // lives in memory
    put_disk(survey, device, "[swap]", "swap", mapped_folder(survey.files, device), true);
  });
}

}  // namespace khien::host
