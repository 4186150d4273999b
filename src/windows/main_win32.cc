// thu-thap.exe: asks the machine, writes one sealed bundle of facts, tells the person what it saw.
// Exit: 0 the bundle was written, 2 the command line was wrong, 3 it was not written.
#include <cstdio>

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/errors.h"
#include "base/file.h"
#include "collect/host_windows/hash_scan.h"
#include "collect/host_windows/host_windows.h"
#include "store/assessment.h"
#include "store/seal.h"
#include "windows/live.h"
#include "windows/options.h"
#include "windows/summary.h"
#include "windows/win32.h"
#include "windows/words.h"

#include <shellapi.h>

namespace khien::windows {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kKeyFileBytes = 1024;
constexpr int kSameNames = 9999;  // results of one name in one folder

// A file of redirected text begins with a mark, so that Notepad and Excel read it as UTF-8.
void mark_file(HANDLE out) {
  LARGE_INTEGER size{};
  if (GetFileType(out) != FILE_TYPE_DISK || GetFileSizeEx(out, &size) == 0) return;
  DWORD written = 0;
  if (size.QuadPart == 0) WriteFile(out, "\xEF\xBB\xBF", 3, &written, nullptr);
}

// To the console as UTF-16, whatever its code page; to a file or pipe as UTF-8.
void print(const std::string& text) {
  const HANDLE out = GetStdHandle(STD_OUTPUT_HANDLE);
  DWORD mode = 0;
  DWORD written = 0;
  if (GetConsoleMode(out, &mode) != 0) {
    std::wstring line = wide(text);
    for (std::size_t at = 0; at < line.size(); at += 8000) {
      const std::wstring part = line.substr(at, 8000);
      WriteConsoleW(out, part.data(), static_cast<DWORD>(part.size()), &written, nullptr);
    }
  } else {
    mark_file(out);
    WriteFile(out, text.data(), static_cast<DWORD>(text.size()), &written, nullptr);
  }
}
void print_line(const std::string& text) { print(text + "\r\n"); }

std::string with_windows_ends(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? "\r\n" : std::string(1, c);
  return out;
}

// The console belongs to this program alone: it was double-clicked, the window would vanish.
bool owns_console() {
  DWORD processes[2];
  return GetConsoleProcessList(processes, 2) == 1;
}

std::vector<std::string> arguments_of_process() {
  int count = 0;
  wchar_t** words = CommandLineToArgvW(GetCommandLineW(), &count);
  std::vector<std::string> out;
  for (int i = 1; words != nullptr && i < count; ++i) out.push_back(utf8(words[i]));
  LocalFree(words);
  return out;
}

fs::path program_folder() {
  wchar_t path[2048];
  const DWORD n = GetModuleFileNameW(nullptr, path, 2048);
  return n == 0 || n >= 2048 ? fs::path(L".") : fs::path(std::wstring(path, n)).parent_path();
}

bool is_there(const fs::path& path) {
  return GetFileAttributesW(path.c_str()) != INVALID_FILE_ATTRIBUTES;
}
bool is_folder(const fs::path& path) {
  const DWORD attributes = GetFileAttributesW(path.c_str());
  return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

bool names_file(const CommandLine& line) {
  return !line.out.empty() && !is_folder(fs::path(wide(line.out)));
}

fs::path target_folder(const CommandLine& line) {
  if (line.out.empty()) return program_folder();
  const fs::path given(wide(line.out));
  if (!names_file(line)) return given;
  return given.has_parent_path() ? given.parent_path() : fs::path(L".");
}

// Before minutes of reading: whether a file can be made where the result shall lie.
Done try_target(const CommandLine& line) {
  const fs::path folder = target_folder(line);
  const fs::path trial = folder / (L"thu-thap-" + std::to_wstring(run_number()) + L".dang-thu");
  const Handle file(CreateFileW(trial.c_str(), GENERIC_WRITE | DELETE, 0, nullptr, CREATE_NEW,
                                FILE_FLAG_DELETE_ON_CLOSE, nullptr));
  if (file.ok()) return {};
  return fail(err::file_unwritable, utf8(folder.native()),
              {{"detail", detail_of("CreateFile", GetLastError())}});
}

// Never over a file that is there already: another machine of this name may write at this moment.
Result<fs::path> write_bundle(const CommandLine& line, const std::string& host,
                              const std::string& day, std::string_view bytes) {
  if (names_file(line)) {
    const fs::path given(wide(line.out));
    KHIEN_DO(write_new_file(given, bytes));
    return given;
  }
  for (int number = 1;; ++number) {
    const fs::path path = target_folder(line) / wide(bundle_name(host, day, number));
    if (is_there(path) && number < kSameNames) continue;
    const auto done = write_new_file(path, bytes);
    if (done) return path;
    // A folder that may only be added to does not show what others put there: the rename tells.
    const auto detail = done.error().args.find("detail");
    const bool taken = is_there(path) ||
                       (detail != done.error().args.end() &&
                        detail->second == detail_of("MoveFileEx", ERROR_ALREADY_EXISTS));
    if (!taken || number >= kSameNames) return pass_on(done.error());
  }
}

class Program {
 public:
  Program(Content content, Words words, CommandLine line)
      : content_(std::move(content)), words_(std::move(words)), line_(std::move(line)) {}

  int run() {
    const auto done = collect();
    if (done) return 0;
    const std::string said = words_.say("windows.failed", {{"what", what(done.error())}});
    print(with_windows_ends(wrapped(said) + "\n"));
    return 3;
  }

 private:
  std::string what(const Error& error) const {
    const auto at = error.args.find("detail");
    const std::string detail = at == error.args.end() ? "" : at->second;
    const Words::Arguments named = {{"file", error.place}, {"detail", detail},
                                    {"code", error.code}};
    if (error.code == std::string("K0002")) return words_.say("windows.failed_write", named);
    if (error.code == std::string("K0001")) return words_.say("windows.failed_read", named);
    if (error.code == std::string("K0050")) return words_.say("windows.failed_key", named);
    if (error.code == std::string("K0013")) return words_.say("windows.failed_ioc", named);
    return words_.say("windows.failed_other",
                      {{"code", error.code}, {"detail", error.place + " " + detail}});
  }

  void tell(const std::string& id, Words::Arguments given = {}) const {
    if (!line_.quiet) print(with_windows_ends(wrapped(words_.say(id, given)) + "\n"));
  }

  Result<KeyPair> key() const {
    if (line_.key.empty()) return make_key_pair();
    KHIEN_TRY(std::string text, read_file(fs::path(wide(line_.key)), kKeyFileBytes));
    const auto end = text.find_last_not_of(" \r\n\t");
    auto seed = unhex(std::string_view(text).substr(0, end == std::string::npos ? 0 : end + 1));
    wipe(text);
    if (!seed || seed->size() != 32) {
      return fail(err::crypto, line_.key, {{"detail", "64 hex digits"}});
    }
    return key_pair_from_seed(*seed);
  }

  Result<host_windows::HashList> hash_list() const {
    if (line_.hash_list.empty()) return host_windows::HashList{};
    KHIEN_TRY(const std::string text,
              read_file(fs::path(wide(line_.hash_list)), host_windows::kListBytes));
    auto list = host_windows::parse_hash_list(text);
    if (list.empty()) return fail(err::field_missing, line_.hash_list, {{"field", "SHA-256"}});
    return list;
  }

  host_windows::HashScan compare(const host_windows::Files& files,
                                 const host_windows::HashList& list, Collection& facts) const {
    if (list.empty()) return {};
    const std::string name = utf8(fs::path(wide(line_.hash_list)).filename().native());
    return scan_folders(files, list, line_.folders, name, clock_,
                        [&](std::int64_t n) {
                          tell("windows.scanning", {{"n", std::to_string(n)}});
                        },
                        facts);
  }

  void tell_compared(const host_windows::HashScan& scan, bool asked) const {
    if (!asked) return;
    const std::string seen = std::to_string(scan.scanned);
    if (!scan.hits.empty()) {
      tell("windows.ioc_found", {{"n", std::to_string(scan.hits.size())}});
    } else if (scan.unread > 0 || scan.stopped) {
      tell("windows.ioc_unread", {{"n", seen}, {"unread", std::to_string(scan.unread)}});
    } else {
      tell("windows.ioc_none", {{"n", seen}});
    }
  }

  Done collect() {
    KHIEN_TRY(const FactSchema schema, FactSchema::load(content_));
    KHIEN_TRY(host_windows::Options options, host_windows::options_from(content_));
    KHIEN_TRY(KeyPair pair, key());
    KHIEN_TRY(const auto list, hash_list());
    options.watched_domains = line_.domains;
    options.agency = line_.agency;
    options.progress = [&](std::string_view name) {
      const FactTable* table = schema.find(name);
      const bool vi = table != nullptr && words_.language() == "vi";
      tell("windows.reading", {{"what", vi ? table->vi : std::string(name)}});
    };
    tell("windows.title", {{"version", KHIEN_VERSION}});
    tell("windows.unverified");
    tell("windows.promise");
    KHIEN_DO(try_target(line_));
    tell("windows.asking");
    AskOptions ask;
    ask.search_updates = line_.search_updates;
    const host_windows::Answers answers = live_answers(ask);
    tell("windows.starting", {{"host", answers.system.computer}});
    tell(answers.system.as_admin ? "windows.admin_yes" : "windows.admin_no");
    const auto registry = live_registry();
    const auto files = live_files();
    Collection facts = collect_host_windows({*registry, *files, answers}, clock_, options);
    const auto scan = compare(*files, list, facts);
    KHIEN_TRY(std::string bytes, bundle_bytes(schema, {facts}));
    KHIEN_TRY(const std::string sealed, seal(std::move(bytes), pair));
    const std::string day = to_iso(local_date(clock_.now_ms()));
    KHIEN_TRY(const fs::path target, write_bundle(line_, facts.host, day, sealed));
    if (line_.quiet) return {};
    print(with_windows_ends("\n" + unread_list(facts, schema, words_)));
    tell("windows.fingerprint", {{"key", fingerprint(pair.public_key)}});
    for (const std::string& path : scan.hits) print_line("    " + path);
    // The summary comes last and fits a console of 80x25.
    print(with_windows_ends("\n" + summary(facts, words_, day)));
    tell_compared(scan, !list.empty());
    tell("windows.written", {{"file", utf8(target.native())},
                             {"kb", std::to_string(sealed.size() / 1024)}});
    wipe(pair.secret_key);
    tell("windows.next");
    tell("windows.no_secret_pc");
    return {};
  }

  Content content_;
  Words words_;
  CommandLine line_;
  SystemClock clock_;
};

int start() {
  const CommandLine line = parse_command_line(arguments_of_process());
  auto content = Content::open(built_in_content());
  if (!content) return 3;
  auto words = Words::load(*content, line.language);
  if (!words) return 3;
  if (line.version || line.help || !line.unknown.empty()) {
    if (!line.unknown.empty()) {
      print_line(words->say("windows.bad_option", {{"option", line.unknown}}));
    }
    print_line(words->say("windows.title", {{"version", KHIEN_VERSION}}));
    print_line(words->say("windows.unverified"));
    if (line.version) return 0;
    for (const char* id : {"usage", "help_out", "help_agency", "help_domain", "help_key",
                           "help_ioc", "help_scan", "help_skip"}) {
      print_line(words->say(std::string("windows.") + id));
    }
    return line.help ? 0 : 2;
  }
  const bool wait = owns_console() && !line.quiet;
  const std::string farewell = words->say("windows.press_enter");
  const int code = Program(std::move(*content), std::move(*words), line).run();
  if (wait) {
    print_line(farewell);
    char key = 0;
    DWORD n = 0;
    ReadFile(GetStdHandle(STD_INPUT_HANDLE), &key, 1, &n, nullptr);
  }
  return code;
}

}  // namespace
}  // namespace khien::windows

int main() {
  // What is loaded from here on comes from the system folder. What the program is linked to was
  // looked for beside it first: the guide says to keep it in a folder of its own.
  SetDllDirectoryW(L"");
  const int code = khien::windows::start();
  ExitProcess(static_cast<UINT>(code));  // threads of interfaces that never answered end here
}
