# FindDuckDB: DuckDB::duckdb, the C API (duckdb.h and libduckdb.so).
#   1. DuckDB_ROOT or a copy of the system.
#   2. With RIPEN_FETCH_DUCKDB (on): the pinned npm packages, checked by SHA-512, in .deps/.
option(RIPEN_FETCH_DUCKDB "Fetch the pinned DuckDB from npm where the system has none" ON)

find_path(DuckDB_INCLUDE_DIR duckdb.h HINTS ${DuckDB_ROOT} PATH_SUFFIXES include)
find_library(DuckDB_LIBRARY duckdb HINTS ${DuckDB_ROOT} PATH_SUFFIXES lib)

if((NOT DuckDB_INCLUDE_DIR OR NOT DuckDB_LIBRARY) AND RIPEN_FETCH_DUCKDB)
  set(_duckdb_home ${CMAKE_SOURCE_DIR}/.deps/duckdb-1.4.4)
  execute_process(COMMAND ${CMAKE_SOURCE_DIR}/scripts/fetch-duckdb ${_duckdb_home}
                  COMMAND_ERROR_IS_FATAL ANY)
  set(DuckDB_INCLUDE_DIR ${_duckdb_home}/include CACHE PATH "" FORCE)
  set(DuckDB_LIBRARY ${_duckdb_home}/lib/libduckdb.so CACHE FILEPATH "" FORCE)
endif()

set(DuckDB_VERSION 1.4.4)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(DuckDB REQUIRED_VARS DuckDB_LIBRARY DuckDB_INCLUDE_DIR
                                  VERSION_VAR DuckDB_VERSION)
if(DuckDB_FOUND AND NOT TARGET DuckDB::duckdb)
  add_library(DuckDB::duckdb SHARED IMPORTED)
  set_target_properties(DuckDB::duckdb PROPERTIES IMPORTED_LOCATION ${DuckDB_LIBRARY}
                        INTERFACE_INCLUDE_DIRECTORIES ${DuckDB_INCLUDE_DIR})
endif()
