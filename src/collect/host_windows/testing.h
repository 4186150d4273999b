// An invented Windows machine from testdata/<name>.yaml: the registry, the files and the answers of
// the interfaces. Forms of values: text REG_SZ, number REG_DWORD, list REG_MULTI_SZ, {hex: ...}
// everything else. A key whose value is `denied` answers "access denied".
#pragma once

#include <string>

#include "base/content.h"
#include "base/file.h"
#include "base/hash.h"
#include "collect/host_windows/host_windows.h"
#include "format/windows/hive_writer.h"

namespace khien::host_windows::testing {

class FakeRegistry final : public Registry, public KeyTree {
 public:
  [[nodiscard]] RegistryKey read(const std::string& path) const override { return at(path); }
};

struct FakeFile {
  std::string bytes;
  Problem problem = Problem::none;
  FileInfo info;
  Signature signature;
};

class FakeFiles final : public Files {
 public:
  std::map<std::string, FakeFile, LessName> all;

  FakeFile& add(const std::string& path, const std::string& bytes = "") {
    const std::size_t at = path.rfind('\\');
    if (at != std::string::npos && at > 2) add(path.substr(0, at)).info.folder = true;
    FakeFile& file = all[path];
    if (!bytes.empty()) file.bytes = bytes;
    file.info.size = static_cast<std::int64_t>(file.bytes.size());
    return file;
  }
  [[nodiscard]] FileBytes read(const std::string& path, std::size_t limit) const override {
    const auto at = all.find(path);
    if (at == all.end()) return {};
    if (at->second.problem != Problem::none) return {"", at->second.problem};
    if (at->second.bytes.size() > limit) return {"", Problem::too_large};
    return {at->second.bytes, Problem::none};
  }
  [[nodiscard]] Listing list(const std::string& folder) const override {
    const auto at = all.find(folder);
    if (at == all.end()) return {};
    if (at->second.problem != Problem::none) return {at->second.problem, {}, false};
    Listing out{Problem::none, {}, false};
    for (const auto& [path, file] : all) {
      const std::size_t cut = path.rfind('\\');
      if (cut != std::string::npos && same_name(path.substr(0, cut), folder)) {
        out.names.push_back(path.substr(cut + 1));
      }
    }
    return out;
  }
  [[nodiscard]] std::optional<FileInfo> info(const std::string& path) const override {
    const auto at = all.find(path);
    return at == all.end() ? std::nullopt : std::optional(at->second.info);
  }
  [[nodiscard]] std::string sha256(const std::string& path, std::int64_t limit) const override {
    const FileBytes bytes = read(path, static_cast<std::size_t>(limit));
    return bytes.ok() ? sha256_hex(bytes.bytes) : "";
  }
  [[nodiscard]] Digests digests(const std::string& path, std::int64_t limit) const override {
    return {"", "", sha256(path, limit)};
  }
  [[nodiscard]] Signature signature(const std::string& path) const override {
    const auto at = all.find(path);
    return at == all.end() ? Signature{} : at->second.signature;
  }
};

struct FakeMachine {
  FakeRegistry registry;
  FakeFiles files;
  Answers answers;
  [[nodiscard]] Collection collect(const Content& content, std::int64_t now,
                                   std::vector<std::string> domains = {}) const {
    Options options = options_from(content).value();
    options.watched_domains = std::move(domains);
    return collect_host_windows({registry, files, answers}, FixedClock(now), options);
  }
};

[[nodiscard]] FakeMachine machine(const std::string& name);  // fixtures_test.cc

}  // namespace khien::host_windows::testing
