// BitLocker, volume by volume. A disk that is carried about says nothing about the machine's own.
#include "base/text.h"
#include "collect/host_windows/survey.h"

namespace khien::host_windows {
namespace {

// What the bus says; else its file system: Windows puts itself and its data on NTFS or ReFS.
bool is_external(const Volume& volume) {
  if (volume.external) return *volume.external;
  const std::string type = ascii_lower(volume.file_system);
  return type == "exfat" || type.starts_with("fat");
}

}  // namespace

void collect_disk_encryption(Survey& survey) {
  const Answer<std::vector<Volume>>& volumes = survey.answers.volumes;
  if (!volumes.ok()) {
    return survey.missing("disk_encryption", Survey::reason_of(volumes.problem), volumes.detail);
  }
  for (const Volume& v : volumes.value) {
    Row& row = survey.add("disk_encryption");
    put(row, "device", v.mount);
    put(row, "mount_point", v.mount);
    put(row, "file_system", v.file_system);
    put_flag(row, "swap", false);
    put_flag(row, "external", is_external(v));
    // 1 on, 6 on and locked; 3 and 4 are on their way, 5 and 8 have their key in the clear, 7 not
    // known, 0 cannot be encrypted or is not told.
    if (v.protection && *v.protection >= 1 && *v.protection <= 8 && *v.protection != 7) {
      const bool on = *v.protection == 1 || *v.protection == 6;
      put_flag(row, "encrypted", on);
      if (on) put(row, "method", "bitlocker");
    } else {
      survey.gap("disk_encryption", "encrypted", "reason.windows.no_bitlocker");
    }
  }
}

}  // namespace khien::host_windows
