#include "cli/verb.h"

namespace ripen::cli {

std::vector<Verb> AddVerbs(CLI::App& program) {
  return {AddDemo(program),   AddCheck(program),    AddInit(program),   AddIngest(program),
          AddServe(program),  AddSimulate(program), AddDrill(program),  AddStatus(program),
          AddReport(program), AddExport(program),   AddRestore(program)};
}

}  // namespace ripen::cli
