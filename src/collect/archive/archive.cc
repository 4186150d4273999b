#include "collect/archive/archive.h"

#include "base/zip_parts.h"
#include "collect/archive/errors.h"

namespace khien {
namespace {

constexpr std::size_t kArchiveBytes = std::size_t{64} << 20;
constexpr std::size_t kMembersBytes = std::size_t{32} << 20;  // of all: a reply has a limit
constexpr std::size_t kMembers = 200;

Result<Node> run_members(const JobInput& input) {
  KHIEN_TRY(ZipParts parts,
            ZipParts::open(input.bytes, input.name,
                           {err::archive_broken, err::archive_large, err::archive_password}));
  Node out = Node::list();
  std::size_t bytes = 0;
  std::size_t count = 0;
  for (const std::string& name : parts.names()) {
    if (name.ends_with('/') || name.starts_with("__MACOSX/")) continue;
    if (++count > kMembers) {
      return fail(err::archive_large, input.name, {{"limit", std::to_string(kMembers)}});
    }
    KHIEN_TRY(std::string part, parts.read(name));
    bytes += part.size();
    if (bytes > kMembersBytes) {
      return fail(err::archive_large, input.name, {{"limit", std::to_string(kMembersBytes)}});
    }
    out.push(Node::map({{"name", name}, {"bytes", std::move(part)}}));
  }
  return Node::map({{"members", std::move(out)}});
}

}  // namespace

Job archive_job() { return {"archive.members", kArchiveBytes, run_members}; }

Result<std::vector<ArchiveMember>> read_archive(WorkerPool& pool, std::string_view bytes,
                                                const std::string& name) {
  KHIEN_TRY(const Node reply, pool.run_bytes("archive.members", bytes, name));
  std::vector<ArchiveMember> out;
  for (const Node& member : reply["members"].items()) {
    out.push_back({member["name"].text(), member["bytes"].text()});
  }
  return out;
}

}  // namespace khien
