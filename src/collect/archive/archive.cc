#include "collect/archive/archive.h"

#include "base/base64.h"
#include "base/limits.h"
#include "base/utf8_locale.h"
#include "format/errors.h"

namespace khien {
namespace {

Result<Node> run_members(const JobInput& input) {
  KHIEN_TRY(std::vector<ArchiveMember> members, archive_members(input.bytes, input.name));
  Node out = Node::list();
  for (ArchiveMember& member : members) {
    out.push(Node::map({{"name", member.name}, {"base64", base64_text(member.bytes)}}));
  }
  return Node::map({{"members", std::move(out)}});
}

}  // namespace

Job archive_job() {
  load_utf8_locale();
  return {"archive.members", limits::table_file_bytes, run_members};
}

Result<std::vector<ArchiveMember>> read_archive(WorkerPool& pool, std::string_view bytes,
                                                const std::string& name) {
  KHIEN_TRY(const Node reply, pool.run_bytes("archive.members", bytes, name));
  std::vector<ArchiveMember> out;
  for (const Node& member : reply["members"].items()) {
    auto inside = base64_bytes(member["base64"].text());
    if (!inside) return fail(err::archive_broken, name, {{"detail", "worker reply"}});
    out.push_back({member["name"].text(), std::move(*inside)});
  }
  return out;
}

}  // namespace khien
