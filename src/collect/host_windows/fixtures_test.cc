// Reads the invented machines of testdata.
#include <gtest/gtest.h>

#include "collect/host_windows/testing.h"

namespace khien::host_windows::testing {
namespace {

Problem problem_from(const std::string& text) {
  return text == "denied" ? Problem::denied : text == "busy" ? Problem::busy
         : text == "absent" ? Problem::absent : Problem::broken;
}

RegistryValue value_from(const Node& node) {
  RegistryValue out;
  if (node.is_list()) {
    out.type = RegistryValue::Type::texts;
    out.texts = node.texts();
  } else if (node.is_map()) {
    out.bytes = unhex(node["hex"].text()).value();
  } else if (node.type() == Node::Type::integer) {
    out.type = RegistryValue::Type::number;
    out.number = static_cast<std::uint64_t>(node.integer());
  } else {
    out.type = RegistryValue::Type::text;
    out.text = node.text();
  }
  return out;
}

void fill_registry(const Node& tree, FakeRegistry& out) {
  for (const auto& [path, values] : tree.pairs()) {
    if (values.is_scalar()) {
      out.deny(path);
      continue;
    }
    RegistryKey& key = out.add(path);
    for (const auto& [name, value] : values.pairs()) {
      key.values[name == "(default)" ? "" : name] = value_from(value);
    }
  }
}

void fill_files(const Node& tree, FakeFiles& out) {
  for (const auto& [path, node] : tree.pairs()) {
    const std::string hex_bytes = node["hex"].text();
    FakeFile& file =
        out.add(path, hex_bytes.empty() ? node["text"].text() : unhex(hex_bytes).value());
    file.info.folder = node["folder"].boolean();
    file.info.link = node["link"].boolean();
    file.info.modified_at = node["modified_at"].integer();
    file.signature.signer = node["signer"].text();
    if (node.has("valid")) file.signature.valid = node["valid"].boolean();
    if (node.has("problem")) file.problem = problem_from(node["problem"].text());
  }
}

// A list is the answer; a word is the problem.
template <class T, class F>
void fill(const Node& node, Answer<std::vector<T>>& out, F make) {
  if (node.is_list()) {
    out.problem = Problem::none;
    for (const Node& item : node.items()) out.value.push_back(make(item));
  } else if (!node.is_null()) {
    out.problem = problem_from(node.text());
    out.detail = "call: 5";
  }
}

std::optional<std::int64_t> maybe(const Node& node) {
  return node.is_null() ? std::nullopt : std::optional(node.integer());
}

void fill_system(const Node& node, System& out) {
  out.computer = node["computer"].text();
  out.major = static_cast<int>(node["major"].integer());
  out.minor = static_cast<int>(node["minor"].integer());
  out.build = static_cast<int>(node["build"].integer());
  out.server = node["server"].boolean();
  out.architecture = node["architecture"].text();
  if (node.has("domain_joined")) out.domain_joined = node["domain_joined"].boolean();
  out.as_admin = node["as_admin"].boolean();
  out.booted_at = maybe(node["booted_at"]);
  if (out.architecture == "x64") out.program_files_32 = "C:\\Program Files (x86)";
}

LocalUser user_from(const Node& n) {
  LocalUser out{n["login"].text(), n["sid"].text(), n["full_name"].text(),
                static_cast<std::uint32_t>(n["flags"].integer()), maybe(n["password_age_s"]),
                maybe(n["last_login_s"]), {}};
  if (n.has("expired")) out.password_expired = n["expired"].boolean();
  return out;
}

StoreCertificate certificate_from(const Node& n) {
  StoreCertificate out;
  out.store = n["store"].text("CurrentUser\\MY");
  out.subject = n["subject"].text();
  out.issuer = n["issuer"].text();
  out.serial = n["serial"].text();
  out.provider = n["provider"].text();
  out.ends_at = n["ends_at"].integer();
  out.has_key = n["key"].boolean(true);
  if (n.has("hardware")) out.hardware = n["hardware"].boolean();
  return out;
}

void fill_answers(const Node& n, Answers& out) {
  fill_system(n["system"], out.system);
  fill(n["users"], out.users, user_from);
  fill(n["administrators"], out.administrators, [](const Node& i) { return i.text(); });
  fill(n["services"], out.services, [](const Node& i) {
    return ServiceState{i["name"].text(), i["account"].text("LocalSystem"), i["path"].text(),
                        i["driver"].boolean(), static_cast<int>(i["start"].integer(2)),
                        i["running"].boolean(true)};
  });
  fill(n["sockets"], out.sockets, [](const Node& i) {
    return Socket{i["protocol"].text("tcp"), i["address"].text("0.0.0.0"), i["port"].integer(),
                  i["pid"].integer(4), i["program"].text(), i["path"].text()};
  });
  fill(n["antivirus"], out.antivirus, [](const Node& i) {
    return SecurityProduct{i["name"].text(), i["guid"].text(), "",
                           static_cast<std::uint32_t>(i["state"].integer()),
                           i["firewall"].boolean()};
  });
  fill(n["volumes"], out.volumes, [](const Node& i) {
    Volume v{i["mount"].text(), i["file_system"].text("NTFS"), false, {}};
    if (i.has("protection")) v.protection = static_cast<int>(i["protection"].integer());
    return v;
  });
  fill(n["tasks"], out.tasks, [](const Node& i) {
    return ScheduledTask{i["path"].text(), i["xml"].text(), i["enabled"].boolean(true)};
  });
  fill(n["consumers"], out.consumers, [](const Node& i) {
    return WmiConsumer{"CommandLineEventConsumer", i["name"].text(), i["command"].text()};
  });
  fill(n["certificates"], out.certificates, certificate_from);
  fill(n["shares"], out.shares, [](const Node& i) {
    return Share{i["name"].text(), "", i["special"].boolean()};
  });
  if (const Node& rules = n["password_rules"]; rules.is_map()) {
    out.password_rules.problem = Problem::none;
    out.password_rules.value = {rules["min_length"].integer(), maybe(rules["max_age_s"]),
                                rules["history"].integer(), rules["lockout"].integer()};
  }
  const Node& updates = n["updates"];
  if (!updates.is_map()) return;
  out.updates.problem = Problem::none;
  out.updates.value.searched_at = maybe(updates["searched_at"]);
  for (const Node& i : updates["pending"].items()) {
    out.updates.value.pending.push_back(
        {i["title"].text(), i["kb"].text(), i["security"].boolean()});
  }
}

}  // namespace

FakeMachine machine(const std::string& name) {
  const std::string path = "src/collect/host_windows/testdata/" + name + ".yaml";
  const Node node = parse_yaml(read_file(path, 1 << 20).value(), path).value();
  FakeMachine out;
  fill_registry(node["registry"], out.registry);
  fill_files(node["files"], out.files);
  fill_answers(node["answers"], out.answers);
  return out;
}

}  // namespace khien::host_windows::testing
