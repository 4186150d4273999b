#include "app/inventory_file.h"

#include "app/inputs.h"
#include "app/outputs.h"

namespace khien::app {
namespace {

constexpr std::uint64_t kInventoryBytes = std::uint64_t{512} << 20;

}  // namespace

Done write_inventory_file(Context& context, const std::filesystem::path& file,
                          const std::filesystem::path& out) {
  KHIEN_DO(spare_input(file, out));
  std::string lines;
  const RecordSink keep = [&](const Node& one) -> Done {
    lines += to_json(one) + "\n";
    return {};
  };
  StreamOptions bounds;
  bounds.output_bytes = kInventoryBytes;
  bounds.memory_bytes = limits::worker_memory_bytes;
  KHIEN_TRY(WorkerStream stream,
            context.workers().stream_file("report.inventory", file, {}, keep, bounds));
  KHIEN_TRY([[maybe_unused]] const Node end, stream.finish());
  return save(context.outputs, out, lines, Access::owner);
}

}  // namespace khien::app
