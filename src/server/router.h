// From a request to its answer, without any network: the rules of who may ask, the routes of
// api/openapi.yaml and the dashboard's files.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "server/dashboard_files.h"
#include "server/drills.h"
#include "server/engine_view.h"
#include "server/exchange.h"
#include "server/incidents.h"
#include "server/query.h"

namespace ripen::server {

// An answer that has to be worked out, on a worker thread. Never throws.
struct Question {
  std::string route;
  std::function<Answer()> ask;
};

// An answer that goes on: what has changed, as it changes.
struct Subscription {
  std::string route;
};

// Thread safety: const functions may be called from any thread.
class Router {
 public:
  Router(std::shared_ptr<EngineView> engine, DashboardFiles files);

  // The port that Host must name.
  void set_port(std::uint16_t port) { port_ = port; }

  // Either the answer, or what to ask a worker, or that the stream is wanted. HEAD is answered as
  // GET; the body is left out when it is sent.
  std::variant<Answer, Question, Subscription> Route(const Request& request) const;

 private:
  // A decision about one incident, or, without a target, judgements from another store.
  std::variant<Answer, Question, Subscription> JudgementRoute(
      const Request& request, const std::string& query,
      const std::optional<JudgementTarget>& target) const;
  // Telling an annotation, or, with an id, taking one back.
  std::variant<Answer, Question, Subscription> AnnotationRoute(
      const Request& request, const std::string& query, const std::optional<std::string>& id) const;
  std::variant<Answer, Question, Subscription> EventRoute(const Request& request,
                                                          const std::string& query) const;
  std::variant<Answer, Question, Subscription> DrillRoute(const Request& request,
                                                          const Target& target) const;

  std::shared_ptr<EngineView> engine_;
  DashboardFiles files_;
  std::shared_ptr<Drills> drills_;
  std::uint16_t port_ = 0;
};

}  // namespace ripen::server
