package ok

import "github.com/rs/zerolog"

// told gives the event back by sending it, which only its package knows.
func told(log zerolog.Logger) {
	log.Info().Msg("hello")
}
