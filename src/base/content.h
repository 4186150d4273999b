// content/ at run time: the blob packed into the binary, with an optional folder laid over it a
// file at a time (--content DIR). Read-only after construction; free to share between threads.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/node.h"

namespace khien {

class Content {
 public:
  // `blob` is what pack_content() wrote; it must outlive the object.
  [[nodiscard]] static Result<Content> open(std::string_view blob,
                                            const std::filesystem::path& overlay = {});

  // Paths are relative to content/ with '/': "controls/account/password_age.yaml".
  [[nodiscard]] Result<Node> yaml(const std::string& path) const;  // K0030 when absent
  [[nodiscard]] Result<std::string> raw(const std::string& path) const;
  [[nodiscard]] bool has(const std::string& path) const { return files_.contains(path); }
  // Sorted paths that start with `prefix` and end with `suffix`.
  [[nodiscard]] std::vector<std::string> list(std::string_view prefix,
                                              std::string_view suffix = "") const;
  // SHA-256 over all paths and bytes: the content version an assessment stores.
  [[nodiscard]] const std::string& version() const { return version_; }

 private:
  struct File {
    std::string_view raw;     // from the blob
    std::string_view packed;  // from the blob: the parsed tree
    std::string bytes;        // from the overlay
    bool overlaid = false;
  };
  std::map<std::string, File> files_;
  std::string version_;
};

// The blob of a folder, and of what the build made to go with it (`made`, laid over it); YAML is
// parsed (and so checked) here.
[[nodiscard]] Result<std::string> pack_content(const std::filesystem::path& folder,
                                               const std::filesystem::path& made = {});
// The blob linked into this binary (empty in binaries without khien_content).
[[nodiscard]] std::string_view built_in_content();

}  // namespace khien
