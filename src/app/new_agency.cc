#include "app/new_agency.h"

#include <fmt/format.h>

#include "app/blank_tables.h"
#include "base/text.h"
#include "collect/source/names.h"

namespace khien::app {
namespace {

bool vietnamese(const Context& context) { return context.texts.lang() == "vi"; }

std::string field(const Context& context, std::string_view known) {
  return vietnamese(context) ? vietnamese_name(known) : std::string(known);
}

// "  - loại: tài khoản" and the lines below it; values are quoted as JSON quotes them.
std::string entry(const Context& context, std::string_view type,
                  const std::vector<std::pair<std::string_view, std::string>>& fields) {
  std::string out = fmt::format("  - {}: {}\n", field(context, "type"),
                                vietnamese(context) ? vietnamese_type(type) : std::string(type));
  for (const auto& [name, value] : fields) {
    out += fmt::format("    {}: {}\n", field(context, name), to_json(Node(value)));
  }
  return out;
}

// Every line of a text as a comment.
std::string comment(const Context& context, const char* id) {
  std::string out;
  std::string text = context.say(id);
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    out += "  # " + text.substr(from, end - from) + "\n";
    from = end + 1;
  }
  return out;
}

std::string file_word(const std::string& name) {
  std::string out;
  for (const char c : skeleton(squeeze(name))) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) out += c;
    else if (!out.empty() && out.back() != '-') out += '-';
  }
  while (out.ends_with('-')) out.pop_back();
  return out.empty() ? "x" : out.substr(0, 60);
}

std::string list_of(const std::vector<std::string>& words) {
  return to_json(Node::list_of(words));
}

std::string name_of(const Context& context, const Register& r) {
  return vietnamese(context) ? r.name_vi : r.name;
}

constexpr const char* kFolder = "so-lieu/";
constexpr const char* kRegisters = "so-theo-doi/";

}  // namespace

std::string accounts_file(const Context&, const std::string& application) {
  return kFolder + std::string("tai-khoan-") + file_word(application) + ".xlsx";
}

std::string accounts_entry(const Context& context, const std::string& application) {
  return entry(context, "accounts",
               {{"app", application}, {"path", accounts_file(context, application)}});
}

std::string agency_yaml(const Context& context, const AgencyAnswers& a,
                        const std::vector<std::string>& registers) {
  const auto quoted = [](const std::string& text) { return to_json(Node(text)); };
  std::string out = context.say(
      "init.agency", {{"name", quoted(a.name)}, {"parent", quoted(a.parent)},
                      {"place", quoted(a.place)}, {"signer", quoted(a.signer)},
                      {"officer", quoted(a.officer)}, {"applications", list_of(a.applications)},
                      {"machines", a.machines > 0 ? std::to_string(a.machines) : ""}});
  if (!out.ends_with('\n')) out += '\n';
  out += comment(context, "init.source.host") + comment(context, "init.source.staff");
  out += entry(context, "staff", {{"path", std::string(kFolder) + "can-bo.xlsx"}});
  out += comment(context, "init.source.accounts");
  for (const std::string& application : a.applications) out += accounts_entry(context, application);
  out += comment(context, "init.source.password_rules");
  out += entry(context, "password_rules",
               {{"path", std::string(kFolder) + "quy-tac-mat-khau.xlsx"}});
  out += comment(context, "init.source.attestations");
  out += entry(context, "attestations", {{"path", "xac-nhan/xac-nhan.yaml"}});
  out += comment(context, "init.source.facts");
  out += comment(context, "init.source.registers");
  for (const std::string& name : registers) {
    out += entry(context, "register", {{"name", name}, {"path", kRegisters + name + ".xlsx"}});
  }
  return out;
}

Result<std::vector<NewFile>> new_agency_files(const Context& context, const AgencyAnswers& a) {
  std::vector<NewFile> out;
  KHIEN_TRY(const Registers registers, Registers::load(context.content));
  std::vector<std::string> names;
  for (const Register& r : registers.all()) names.push_back(name_of(context, r));
  out.push_back({"agency.yaml", agency_yaml(context, a, names)});
  for (const Register& r : registers.all()) {
    KHIEN_TRY(std::string bytes, blank_table(context, r, true));
    out.push_back({kRegisters + name_of(context, r) + ".xlsx", std::move(bytes)});
  }
  KHIEN_TRY(const auto lists, blank_lists(context.content));
  for (const Register& list : lists) {
    KHIEN_TRY(const std::string bytes, blank_table(context, list, false));
    if (list.name != "accounts") {
      out.push_back({kFolder + list.name_vi + ".xlsx", bytes});
      continue;
    }
    for (const std::string& application : a.applications) {
      out.push_back({accounts_file(context, application), bytes});
    }
  }
  out.push_back({"xac-nhan/xac-nhan.yaml", context.say("init.attestations")});
  return out;
}

}  // namespace khien::app
