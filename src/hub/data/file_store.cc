#include "hub/data/file_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/errors.h"
#include "base/file.h"
#include "hub/errors.h"

namespace khien::hub {
namespace fs = std::filesystem;

fs::path kept_path(const fs::path& data_folder, const std::string& sha256) {
  return data_folder / "files" / sha256.substr(0, 2) / sha256;
}

Done move_upload(const Upload& upload, const fs::path& to) {
  const auto unwritable = [&] {
    const Code code = errno == ENOSPC || errno == EDQUOT ? err::hub_disk_full
                      : errno == EROFS                   ? err::hub_read_only_disk
                                                         : err::file_unwritable;
    return fail(code, to.string(), {{"detail", std::strerror(errno)}});
  };
  KHIEN_DO(make_folder(to.parent_path(), Access::owner));
  const Fd file(::open(upload.path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid() || ::fsync(file.get()) != 0) return unwritable();
  if (::rename(upload.path.c_str(), to.c_str()) != 0) return unwritable();
  const Fd folder(::open(to.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.valid() || ::fsync(folder.get()) != 0) return unwritable();
  return {};
}

Done keep_upload(const fs::path& data_folder, const Upload& upload) {
  return move_upload(upload, kept_path(data_folder, upload.sha256));
}

}  // namespace khien::hub
