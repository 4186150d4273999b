// WMI, the Task Scheduler and Windows Update. Each is asked in a thread of its own with a limit of
// time: on old and full machines any of them may take minutes, and the person waits.
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "windows/com.h"
#include "windows/live.h"

namespace khien::windows {
namespace {

using namespace host_windows;  // NOLINT: this file is its other side

constexpr std::size_t kItems = 5'000;
constexpr int kWmiSeconds = 20;
constexpr int kTaskSeconds = 30;
constexpr int kUpdateSeconds = 240;

// Runs `ask` apart; what is not there in time is left behind with its thread, which ends with the
// program and touches nothing but its own copy.
template <class T, class F>
Answer<T> within(int seconds, const char* what, F ask) {
  struct Shared {
    std::mutex lock;
    std::condition_variable done;
    bool finished = false;
    Answer<T> answer;
  };
  const auto shared = std::make_shared<Shared>();
  std::thread([shared, ask] {
    Answer<T> answer;
    {
      const Apartment com;
      ask(answer);
    }
    const std::lock_guard hold(shared->lock);
    shared->answer = std::move(answer);
    shared->finished = true;
    shared->done.notify_one();
  }).detach();
  std::unique_lock hold(shared->lock);
  if (shared->done.wait_for(hold, std::chrono::seconds(seconds),
                            [&] { return shared->finished; })) {
    return std::move(shared->answer);
  }
  Answer<T> late;
  late.problem = Problem::broken;
  late.detail = std::string(what) + ": no answer in " + std::to_string(seconds) + " s";
  return late;
}

template <class T>
void refuse(Answer<T>& out, const char* call, HRESULT code) {
  out.problem = code == E_ACCESSDENIED || code == static_cast<HRESULT>(0x80041003)
                    ? Problem::denied : Problem::broken;
  out.detail = detail_of(call, static_cast<unsigned long>(code));
}

Object connect(const char* space, HRESULT& code) {
  Object locator = Object::create(L"WbemScripting.SWbemLocator", code);
  if (!locator.ok()) return {};
  Object out = locator.object(L"ConnectServer", arguments(std::string_view("."),
                                                          std::string_view(space)));
  code = locator.last();
  return out;
}

std::vector<Object> select(Object& service, const std::string& table, HRESULT& code) {
  Object found =
      service.object(L"ExecQuery", arguments(std::string_view("SELECT * FROM " + table)));
  code = service.last();
  if (!found.ok()) return {};
  auto out = found.items(kItems);
  code = found.last();
  return out;
}

void ask_centre(Answer<std::vector<SecurityProduct>>& out) {
  HRESULT code = S_OK;
  Object service = connect("root\\SecurityCenter2", code);
  if (!service.ok()) return refuse(out, "SecurityCenter2", code);
  for (const char* table : {"AntiVirusProduct", "FirewallProduct"}) {
    for (Object& product : select(service, table, code)) {
      out.value.push_back({product.get(L"displayName").text(),
                           product.get(L"instanceGuid").text(),
                           product.get(L"pathToSignedProductExe").text(),
                           static_cast<std::uint32_t>(
                               product.get(L"productState").number().value_or(0)),
                           table[0] == 'F'});
    }
    if (FAILED(code)) return refuse(out, table, code);
  }
  out.problem = Problem::none;
}

void ask_defender(Answer<DefenderStatus>& out) {
  HRESULT code = S_OK;
  Object service = connect("root\\Microsoft\\Windows\\Defender", code);
  if (!service.ok()) return refuse(out, "Windows\\Defender", code);
  for (Object& status : select(service, "MSFT_MpComputerStatus", code)) {
    out.value.mode = status.get(L"AMRunningMode").text();
    const auto realtime = status.get(L"RealTimeProtectionEnabled").number();
    if (realtime) out.value.realtime = *realtime != 0;
    out.value.full_scan_at = cim_ms(status.get(L"FullScanEndTime").text());
    out.problem = Problem::none;
  }
  if (FAILED(code)) refuse(out, "MSFT_MpComputerStatus", code);
}

void ask_consumers(Answer<std::vector<WmiConsumer>>& out) {
  HRESULT code = S_OK;
  Object service = connect("root\\subscription", code);
  if (!service.ok()) return refuse(out, "root\\subscription", code);
  for (Object& c : select(service, "CommandLineEventConsumer", code)) {
    std::string command = c.get(L"CommandLineTemplate").text();
    if (command.empty()) command = c.get(L"ExecutablePath").text();
    out.value.push_back({"CommandLineEventConsumer", c.get(L"Name").text(), command});
  }
  if (FAILED(code)) return refuse(out, "CommandLineEventConsumer", code);
  for (Object& c : select(service, "ActiveScriptEventConsumer", code)) {
    out.value.push_back({"ActiveScriptEventConsumer", c.get(L"Name").text(),
                         c.get(L"ScriptFileName").text()});
  }
  if (FAILED(code)) return refuse(out, "ActiveScriptEventConsumer", code);
  out.problem = Problem::none;
}

void take_folder(Object folder, std::size_t depth, std::vector<ScheduledTask>& out) {
  if (!folder.ok() || depth > 16 || out.size() >= kItems) return;
  Object tasks = folder.object(L"GetTasks", arguments(std::int32_t{1}));
  for (Object& task : tasks.items(kItems)) {
    if (out.size() >= kItems) return;
    const bool enabled = task.get(L"Enabled").flag();
    out.push_back({task.get(L"Path").text(), enabled ? task.get(L"Xml").text() : "", enabled});
  }
  Object folders = folder.object(L"GetFolders", arguments(std::int32_t{0}));
  for (Object& child : folders.items(kItems)) take_folder(std::move(child), depth + 1, out);
}

void ask_scheduler(Answer<std::vector<ScheduledTask>>& out) {
  HRESULT code = S_OK;
  Object scheduler = Object::create(L"Schedule.Service", code);
  if (!scheduler.ok()) return refuse(out, "Schedule.Service", code);
  std::vector<Variant> nowhere;
  for (int i = 0; i < 4; ++i) nowhere.emplace_back();
  scheduler.get(L"Connect", std::move(nowhere));
  if (FAILED(scheduler.last())) return refuse(out, "Connect", scheduler.last());
  Object root = scheduler.object(L"GetFolder", arguments(std::string_view("\\")));
  if (!root.ok()) return refuse(out, "GetFolder", scheduler.last());
  take_folder(std::move(root), 0, out.value);
  out.problem = Problem::none;
}

bool is_security(Object& update) {
  // "Security Updates", by its category id: names are translated.
  constexpr std::string_view security = "0fa1201d-4330-4fa8-8ae9-b877473b6441";
  Object categories = update.object(L"Categories");
  const std::int64_t n = categories.get(L"Count").number().value_or(0);
  for (std::int64_t i = 0; i < n && i < 20; ++i) {
    Object category = categories.object(L"Item", arguments(static_cast<std::int32_t>(i)));
    if (same_name(category.get(L"CategoryID").text(), security)) return true;
  }
  return !update.get(L"MsrcSeverity").text().empty();
}

std::string kb_of(Object& update) {
  Object articles = update.object(L"KBArticleIDs");
  if (articles.get(L"Count").number().value_or(0) == 0) return "";
  return "KB" + articles.get(L"Item", arguments(std::int32_t{0})).text();
}

void ask_agent(Answer<UpdateSearch>& out) {
  HRESULT code = S_OK;
  Object automatic = Object::create(L"Microsoft.Update.AutoUpdate", code);
  Object results = automatic.object(L"Results");
  out.value.searched_at = results.get(L"LastSearchSuccessDate").instant();
  Object session = Object::create(L"Microsoft.Update.Session", code);
  if (!session.ok()) return refuse(out, "Microsoft.Update.Session", code);
  Object searcher = session.object(L"CreateUpdateSearcher");
  if (!searcher.ok()) return refuse(out, "CreateUpdateSearcher", session.last());
  searcher.set(L"Online", Variant(false));  // from what the machine already knows: no traffic
  if (FAILED(searcher.last())) return refuse(out, "Online", searcher.last());
  Object found = searcher.object(
      L"Search", arguments(std::string_view("IsInstalled=0 and IsHidden=0 and Type='Software'")));
  if (!found.ok()) return refuse(out, "Search", searcher.last());
  Object updates = found.object(L"Updates");
  const std::int64_t n = updates.get(L"Count").number().value_or(-1);
  if (n < 0) return refuse(out, "Count", updates.last());
  for (std::int64_t i = 0; i < n && i < static_cast<std::int64_t>(kItems); ++i) {
    Object update = updates.object(L"Item", arguments(static_cast<std::int32_t>(i)));
    if (!update.ok()) return refuse(out, "Item", updates.last());
    out.value.pending.push_back({update.get(L"Title").text(), kb_of(update), is_security(update)});
  }
  out.problem = Problem::none;
}

}  // namespace

void ask_management(Answers& out) {
  out.antivirus = within<std::vector<SecurityProduct>>(kWmiSeconds, "SecurityCenter2", ask_centre);
  out.defender = within<DefenderStatus>(kWmiSeconds, "Windows\\Defender", ask_defender);
  out.consumers =
      within<std::vector<WmiConsumer>>(kWmiSeconds, "root\\subscription", ask_consumers);
}

void ask_tasks(Answers& out) {
  out.tasks = within<std::vector<ScheduledTask>>(kTaskSeconds, "Task Scheduler", ask_scheduler);
}

void ask_updates(Answers& out) {
  out.updates = within<UpdateSearch>(kUpdateSeconds, "Windows Update", ask_agent);
}

}  // namespace khien::windows
