#include "hub/api/tables.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "hub/errors.h"

namespace khien::hub {
namespace {

constexpr std::string_view kRegisterType = "register:";

// Of files alone: what asks a server or this machine is no file. The second is the list of
// content/headers/account.yaml with the fields of its columns.
constexpr std::pair<const char*, const char*> kFileTypes[] = {
    {"staff", "staff"},          {"accounts", "account"},       {"directory", ""},
    {"password_rules", "password_rule"}, {"facts", ""},         {"systeminfo", ""},
    {"hotfix", ""},              {"scan_log", ""},              {"logs", ""},
    {"backups", ""},             {"login_log", "login_log"},    {"external_list", "external"},
    {"join_decisions", "decision"}, {"password_stores", ""},    {"signed_documents", ""},
    {"attestations", ""},        {"msrc", ""},                  {"kev", ""},
    {"mailbox", ""},             {"word_list", ""},             {"leaked_list", ""},
    {"password_policy", ""},
};

bool is_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// The first heading of a field is the usual one; in English the first without marks.
std::string heading_name(const Texts& texts, const std::vector<std::string>& headings,
                         const std::string& field) {
  if (headings.empty()) return field;
  if (texts.lang() == "vi") return headings.front();
  const auto english = std::find_if(headings.begin(), headings.end(), is_ascii);
  return english == headings.end() ? headings.front() : *english;
}

const char* headings_of(const std::string& type) {
  for (const auto& [name, list] : kFileTypes) {
    if (type == name) return list;
  }
  return "";
}

}  // namespace

std::vector<std::string> register_names(const Content& content) {
  std::vector<std::string> out;
  for (const std::string& path : content.list("registers/", ".yaml")) {
    out.push_back(std::filesystem::path(path).stem().string());
  }
  return out;
}

Result<Node> register_definition(const Content& content, const std::string& name) {
  const auto names = register_names(content);
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    return fail(err::hub_not_found, name);
  }
  return content.yaml("registers/" + name + ".yaml");
}

Result<Node> template_definition(const Content& content, const std::string& name) {
  for (const std::string& path : content.list("lists/", ".yaml")) {
    if (path == "lists/" + name + ".yaml") return content.yaml(path);
  }
  return register_definition(content, name);
}

Result<std::vector<std::string>> table_types(const Content& content) {
  std::vector<std::string> out;
  for (const auto& [name, list] : kFileTypes) out.emplace_back(name);
  for (const std::string& name : register_names(content)) {
    out.push_back(std::string(kRegisterType) + name);
  }
  return out;
}

Result<std::string> table_type_name(const Content& content, const Texts& texts,
                                    const std::string& type) {
  if (!type.starts_with(kRegisterType)) return texts("hub.source.type." + type);
  KHIEN_TRY(const Node definition,
            register_definition(content, type.substr(kRegisterType.size())));
  return texts("hub.source.register", {{"title", definition[texts.lang()].text()}});
}

Result<std::vector<TableField>> table_fields(const Content& content, const Texts& texts,
                                             const std::string& type) {
  std::vector<TableField> out;
  if (type.starts_with(kRegisterType)) {
    KHIEN_TRY(const Node definition,
              register_definition(content, type.substr(kRegisterType.size())));
    for (const Node& c : definition["columns"].items()) {
      out.push_back({c["field"].text(), c[texts.lang()].text()});
    }
    return out;
  }
  const std::string list = headings_of(type);
  if (list.empty()) return out;
  KHIEN_TRY(const Node headers, content.yaml("headers/account.yaml"));
  for (const auto& [field, headings] : headers[list]["fields"].pairs()) {
    out.push_back({field, heading_name(texts, headings.texts(), field)});
  }
  return out;
}

}  // namespace khien::hub
