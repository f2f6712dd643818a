// Package app states what it makes of another package's facts.
package app

import (
	"net/http"

	"labelfact"
)

func Direct(path string) { labelfact.Through(path) } // want Direct:`^param 0 becomes label "path" of app_http_requests_total in Through, Direct$`

func Part(r *http.Request) { labelfact.Part(r) } // want Part:`^param 0.URL.Path becomes label "path" of app_http_requests_total in Part$`

func Visit(m *labelfact.Metrics, page string) { m.Visit(page) } // want Visit:`^param 1 becomes label "page" of visits_total in Visit$`

func Own(path string) { labelfact.Requests.WithLabelValues("a", path).Inc() } // want Own:`^param 0 becomes label "code" of app_http_requests_total$`

func Field(m *labelfact.Metrics, page string) { m.Visits.WithLabelValues(page).Inc() } // want Field:`^param 1 becomes label "page" of visits_total$`

func Forgotten(m *labelfact.Metrics, s string) {
	m.Users.WithLabelValues(s).Inc()
	labelfact.Rooms.WithLabelValues(s).Inc()
}

func Checked(kind string) { labelfact.Direct(labelfact.Plan(kind)) }

func Trimmed(path string) { labelfact.Direct(labelfact.Trim(path)) } // want Trimmed:`^param 0 becomes label "path" of app_http_requests_total in Direct$`

func ID(prefix string) string { return prefix + labelfact.NewID() } // want ID:`^result 0 is uuid.NewString\(\), a new id, depends on param 0$`

func Host(r *http.Request) string { return labelfact.Host(r) } // want Host:`^result 0 is finite, depends on param 0.Host$`

func Kind(path string) string { return labelfact.Kind(path) } // want Kind:`^result 0 is finite$`

func Same(path string) string { return labelfact.Trim(path) } // want Same:`^result 0 is finite, depends on param 0$`
