// An archive of files of an office: each member is looked at as if it had been given by itself.
#include "app/recognise_file.h"

#include "base/file.h"
#include "collect/account_folder/errors.h"
#include "collect/account_folder/unread.h"
#include "collect/archive/archive.h"
#include "collect/source/files_walk.h"
#include "format/archive/members.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kHead = std::size_t{256} << 10;

RecognisedFile of_no_use(const Error& why) {
  RecognisedFile out;
  out.why = "none";
  out.problems.push_back(why);
  return out;
}

// A log that was rotated holds one file of its own name and no folder.
bool is_one_packed_file(const std::vector<UnpackedFile>& files, const fs::path& archive) {
  return files.size() == 1 && files.front().name == archive.stem().string();
}

RecognisedFile recognise_member(Context& context, const UnpackedFile& member) {
  const auto head = read_head(member.path, kHead);
  if (!head) return of_no_use(head.error());
  if (container_of(*head, member.name) == Container::archive && !is_packed_file(*head)) {
    return of_no_use(unread_container(member.name));
  }
  auto seen = recognise_file(context, member.path);
  return seen ? std::move(*seen) : of_no_use(seen.error());
}

}  // namespace

Result<std::optional<std::vector<RecognisedMember>>> recognise_archive(Context& context,
                                                                       const fs::path& file,
                                                                       const fs::path& folder) {
  using Members = std::optional<std::vector<RecognisedMember>>;
  KHIEN_TRY(const std::string head, read_head(file, kHead));
  if (container_of(head, file.filename().string()) != Container::archive) return Members{};
  auto files = unpack_archive(context.workers(), file, folder);
  // What reads packed logs reads larger ones than an archive may be.
  const bool packed = is_packed_file(head);
  if (packed && (!files || is_one_packed_file(*files, file))) return Members{};
  if (!files) return pass_on(files.error());
  Members out(std::in_place);
  for (const UnpackedFile& member : *files) {
    if (is_of_a_desktop(member.path.filename().string())) continue;
    RecognisedMember one{member.name, member.path, member.bytes, {}};
    one.file = recognise_member(context, member);
    for (Error& problem : one.file.problems) problem.place = member.name;
    out->push_back(std::move(one));
  }
  return out;
}

}  // namespace khien::app
