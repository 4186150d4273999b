// Command lines as the registry holds them: quoted or not, with variables, with blanks in paths.
#include <algorithm>

#include "base/text.h"
#include "collect/host_windows/survey.h"

namespace khien::host_windows {
namespace {

constexpr const char* kRuns[] = {".exe", ".com", ".bat", ".cmd", ".vbs", ".js", ".ps1",
                                 ".dll", ".sys", ".scr", ".msi", ".hta", ".lnk"};

bool has_folder(std::string_view path) {
  const bool drive = path.size() > 3 && path[1] == ':' && path[2] == '\\';
  return drive || path.starts_with("\\\\");
}

// C:\Program Files\A B\c.exe /x: the shortest beginning that ends like a program.
std::size_t program_end(const std::string& command) {
  const std::string lower = ascii_lower(command);
  std::size_t best = std::string::npos;
  for (const char* ending : kRuns) {
    for (std::size_t at = lower.find(ending); at != std::string::npos;
         at = lower.find(ending, at + 1)) {
      const std::size_t end = at + std::string_view(ending).size();
      const bool whole = end == lower.size() || lower[end] == ' ' || lower[end] == '"' ||
                         lower[end] == ',' || lower[end] == '\t';
      if (!whole) continue;
      best = std::min(best, end);
      break;
    }
  }
  return best == std::string::npos ? std::min(command.find(' '), command.size()) : best;
}

struct Parts {
  std::string program, rest;
};
Parts parts_of(std::string command) {
  command = std::string(trim(command));
  if (command.starts_with('"')) {
    const std::size_t end = std::min(command.find('"', 1), command.size());
    return {command.substr(1, end - 1), command.substr(std::min(end + 1, command.size()))};
  }
  const std::size_t end = program_end(command);
  return {command.substr(0, end), command.substr(end)};
}

}  // namespace

std::string Survey::expand(const std::string& text) const {
  const System& s = answers.system;
  const std::string drive = s.windows_folder.substr(0, 2);
  const std::pair<const char*, std::string> known[] = {
      {"%systemroot%", s.windows_folder},        {"%windir%", s.windows_folder},
      {"%systemdrive%", drive},                  {"%programdata%", s.program_data},
      {"%allusersprofile%", s.program_data},     {"%programfiles%", s.program_files},
      {"%programfiles(x86)%", s.program_files_32.empty() ? s.program_files : s.program_files_32},
      {"%programw6432%", s.program_files},       {"%public%", drive + "\\Users\\Public"}};
  std::string whole = text;
  for (const auto& [name, value] : known) {
    for (std::size_t at = ascii_lower(whole).find(name); at != std::string::npos;
         at = ascii_lower(whole).find(name, at + value.size())) {
      whole.replace(at, std::string_view(name).size(), value);
    }
  }
  // Services write "\SystemRoot\System32\x.sys", "system32\x.sys" and "\??\C:\x.sys".
  if (whole.starts_with("\\??\\")) whole.erase(0, 4);
  if (ascii_lower(whole.substr(0, 12)) == "\\systemroot\\") whole.replace(0, 11, s.windows_folder);
  if (ascii_lower(whole.substr(0, 9)) == "system32\\") whole.insert(0, s.windows_folder + "\\");
  return whole;
}

std::string Survey::program_of(const std::string& command) const {
  const Parts parts = parts_of(expand(command));
  // rundll32 runs what its first argument names.
  const std::string name = ascii_lower(parts.program.substr(parts.program.find_last_of('\\') + 1));
  if (name == "rundll32.exe" || name == "rundll32") {
    const std::string inner = parts_of(parts.rest).program;
    if (has_folder(inner)) return inner.substr(0, inner.find(','));
  }
  if (has_folder(parts.program)) return parts.program;
  if (parts.program.empty() || parts.program.find_first_of("\\/:%") != std::string::npos) return "";
  // A bare name is looked for where the system looks first.
  const std::string bare =
      parts.program.find('.') == std::string::npos ? parts.program + ".exe" : parts.program;
  for (const char* folder : {"\\System32\\", "\\"}) {
    const std::string path = answers.system.windows_folder + folder + bare;
    if (files.info(path)) return path;
  }
  return "";
}

std::string Survey::safe_command(const std::string& command) const {
  const Parts parts = parts_of(expand(command));
  std::string shown = parts.program;
  bool dropped = false;
  std::string rest(trim(parts.rest));
  while (!rest.empty()) {
    const Parts next = rest.starts_with('"') ? parts_of(rest)
                                             : Parts{rest.substr(0, rest.find(' ')),
                                                     rest.substr(std::min(rest.find(' '),
                                                                          rest.size()))};
    const bool path = has_folder(next.program) &&
                      next.program.find_first_of("=@?&", 2) == std::string::npos;
    if (path) shown += " " + next.program;
    else dropped = dropped || !trim(next.program).empty();
    rest = std::string(trim(next.rest));
  }
  if (dropped) shown += " …";
  return shorten(shown, 300);
}

}  // namespace khien::host_windows
